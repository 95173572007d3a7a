import { ts } from "ts-morph";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ImportExtension } from "../model/resolved-type.ts";
import { type ProjectConfig, readProjectConfig } from "./project-config.ts";
import type { RecordedFiles } from "./recorded-files.ts";
import type { ResolveRequest } from "./resolution.ts";

interface CompilerSettings {
  readonly options: ts.CompilerOptions;
  readonly importExtension: ImportExtension;
  /** Files that count although no module leads to them. */
  readonly roots: readonly string[];
  /** What is wrong with the tsconfig; the other answers are then of no use. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How the project of `folder` is compiled: by its nearest tsconfig.json, or as a Node project where it has none. */
export function readCompilerSettings(
  { folder, output }: Pick<ResolveRequest, "folder" | "output">,
  files: RecordedFiles,
): CompilerSettings {
  const { options, ...config } = readProjectConfig(folder, output, files) ?? withoutConfig;
  return { ...settingsOf(options), ...config };
}

const withoutConfig: ProjectConfig = {
  options: {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    strict: true,
  },
  roots: [],
  diagnostics: [],
};

function settingsOf(options: ts.CompilerOptions): Omit<CompilerSettings, "roots" | "diagnostics"> {
  return {
    options: {
      ...options,
      // TypeScript 6 sees no @types package unless told to; projects written for 5 count on all of them.
      types: options.types ?? ["*"],
      // Without it, null and undefined would vanish from every type.
      strictNullChecks: true,
      // The order of union members would depend on what was looked at first.
      stableTypeOrdering: true,
      // The YAML names files by their real extension, whatever the imports of the project look like.
      allowImportingTsExtensions: true,
      // A .tsx file may hold a type, whether or not the project compiles JSX.
      jsx: options.jsx ?? ts.JsxEmit.Preserve,
      noEmit: true,
      // It wants to be told of every file, and those are only the ones that types are asked of.
      composite: false,
      incremental: false,
      skipLibCheck: true,
      noUnusedLocals: false,
    },
    importExtension: importExtension(options),
  };
}

function importExtension(options: ts.CompilerOptions): ImportExtension {
  if (options.allowImportingTsExtensions === true || options.rewriteRelativeImportExtensions === true) return "ts";
  switch (options.moduleResolution) {
    case ts.ModuleResolutionKind.Node16:
    case ts.ModuleResolutionKind.NodeNext:
      return "js";
    case undefined: {
      const module = options.module ?? ts.ModuleKind.None;
      return module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext ? "js" : "none";
    }
    default:
      return "none";
  }
}

/**
 * The same in stages, each with more declarations than the one before: the @types packages of the project and the
 * libraries of the browser take several times as long to load as all else, while few cached types name them. A type that leads
 * to no name that is not declared without them is the same with them; any other has to be tried at the next stage.
 */
export function stagesOf(options: ts.CompilerOptions): readonly ts.CompilerOptions[] {
  const libs = options.lib ?? [defaultEsLib(options)];
  const lib = libs.filter((name) => !/^lib\.(dom|webworker|scripthost)\b/.test(name));
  const isWithoutBrowser = options.noLib === true || lib.length === options.lib?.length;
  const withTypes = isWithoutBrowser ? options : { ...options, lib };
  const stages = isWithoutBrowser ? [options] : [withTypes, options];
  return options.types?.length === 0 ? stages : [{ ...withTypes, types: [] }, ...stages];
}

function defaultEsLib(options: ts.CompilerOptions): string {
  const lib = ts.getDefaultLibFileName(options);
  if (lib === "lib.d.ts") return "lib.es5.d.ts";
  return lib === "lib.es6.d.ts" ? "lib.es2015.d.ts" : lib.replace(".full.", ".");
}
