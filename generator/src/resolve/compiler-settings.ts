import { dirname, join } from "node:path";
import { ts } from "ts-morph";
import type { Span } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ImportExtension } from "../model/resolved-type.ts";
import type { RecordedFiles } from "./recorded-files.ts";

export interface CompilerSettings {
  readonly options: ts.CompilerOptions;
  readonly importExtension: ImportExtension;
  /** What is wrong with the tsconfig; the other answers are then of no use. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How the project of `folder` is compiled: by its nearest tsconfig.json, or as a Node project where it has none. */
export function readCompilerSettings(folder: string, files: RecordedFiles): CompilerSettings {
  const path = nearestConfig(folder, files);
  if (path === undefined) return { ...settingsOf(withoutConfig), diagnostics: [] };
  const nearest = parseConfig(path, files);
  const referred = firstReference(nearest);
  if (referred !== undefined && files.kind(referred) !== "file") {
    return { ...settingsOf(nearest.options), diagnostics: [missingReference(referred, nearest.source)] };
  }
  const parsed = referred === undefined ? nearest : parseConfig(referred, files);
  const diagnostics = [nearest, parsed].map(({ broken }) => broken).find((broken) => broken.length > 0) ?? [];
  return { ...settingsOf(parsed.options), diagnostics };
}

const withoutConfig: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ESNext,
  strict: true,
};

function settingsOf(options: ts.CompilerOptions): Omit<CompilerSettings, "diagnostics"> {
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
 * The same, without the libraries of the browser and without the @types packages of the project, which take several times
 * as long to load as all else, while few cached types name them. What resolves without them is what resolves with them;
 * what does not must be tried again with all.
 */
export function leanOptions(options: ts.CompilerOptions): ts.CompilerOptions {
  if (options.noLib === true) return { ...options, types: [] };
  const libs = options.lib ?? [defaultEsLib(options)];
  return { ...options, types: [], lib: libs.filter((lib) => !/^lib\.(dom|webworker|scripthost)\b/.test(lib)) };
}

function defaultEsLib(options: ts.CompilerOptions): string {
  const lib = ts.getDefaultLibFileName(options);
  if (lib === "lib.d.ts") return "lib.es5.d.ts";
  return lib === "lib.es6.d.ts" ? "lib.es2015.d.ts" : lib.replace(".full.", ".");
}

interface ParsedConfig {
  readonly source: ts.TsConfigSourceFile;
  readonly options: ts.CompilerOptions;
  /** The JSON itself. */
  readonly raw: unknown;
  readonly references: readonly ts.ProjectReference[];
  readonly broken: readonly Diagnostic[];
}

function parseConfig(path: string, files: RecordedFiles): ParsedConfig {
  const source = ts.readJsonConfigFile(path, (file) => files.read(file));
  const parsed = ts.parseJsonSourceFileConfigFileContent(source, parseHost(files), dirname(path), undefined, path);
  const broken = ts.getConfigFileParsingDiagnostics(parsed).filter((diagnostic) => isBroken(diagnostic.code));
  return {
    source,
    options: parsed.options,
    raw: parsed.raw,
    references: parsed.projectReferences ?? [],
    broken: broken.map((diagnostic) => configFinding(diagnostic, source)),
  };
}

/** A tsconfig with `"files": []` and references holds no options of its own: the first reference speaks for the project. */
function firstReference({ raw, references }: ParsedConfig): string | undefined {
  const { files, include } = raw as { readonly files?: unknown; readonly include?: unknown };
  const isEmpty = Array.isArray(files) && files.length === 0 && include === undefined;
  const [first] = references;
  return isEmpty && first !== undefined ? ts.resolveProjectReferencePath(first) : undefined;
}

function nearestConfig(folder: string, files: RecordedFiles): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, "tsconfig.json");
    if (files.kind(path) === "file") return path;
    if (current === dirname(current)) return undefined;
  }
}

function parseHost(files: RecordedFiles): ts.ParseConfigHost {
  return {
    useCaseSensitiveFileNames: true,
    // Which files belong to the project does not matter here, so the disk is not searched for them.
    readDirectory: () => [],
    fileExists: (path) => files.kind(path) === "file",
    readFile: (path) => files.read(path),
  };
}

/** Bad JSON, or an `extends` that leads nowhere. Options that this compiler does not know may suit the user's own. */
function isBroken(code: number): boolean {
  return (code >= 1000 && code < 2000) || [5012, 5014, 5083, 6053, 18000].includes(code);
}

function configFinding(diagnostic: ts.Diagnostic, source: ts.TsConfigSourceFile): Diagnostic {
  const { file, start = 0, length = 0 } = diagnostic;
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, " ");
  // Of a file that cannot be read the compiler does not say who asked for it: that is what `extends` is for.
  const span =
    file === undefined ? propertySpan("extends", source) : { file: file.fileName, start, end: start + length };
  return brokenConfig(message, span, source);
}

function missingReference(path: string, source: ts.TsConfigSourceFile): Diagnostic {
  return brokenConfig(`It refers to '${path}', which is not there.`, propertySpan("references", source), source);
}

function brokenConfig(message: string, span: Span, source: ts.TsConfigSourceFile): Diagnostic {
  return {
    code: "C2007",
    severity: "error",
    span,
    message: `The tsconfig cannot be used: ${message.replaceAll(`${dirname(source.fileName)}/`, "")}`,
    hint: "Mend it, then generate again: value types are resolved as this tsconfig compiles them.",
  };
}

/** Where a property of a tsconfig stands; the start of the file where it has none. */
function propertySpan(name: string, source: ts.TsConfigSourceFile): Span {
  const root = source.statements[0]?.expression;
  const properties = root !== undefined && ts.isObjectLiteralExpression(root) ? root.properties : [];
  const property = properties.find((candidate) => candidate.name?.getText(source) === `"${name}"`);
  const start = property?.getStart(source) ?? 0;
  return { file: source.fileName, start, end: property?.getEnd() ?? start };
}
