import { join } from "node:path";
import { ts } from "ts-morph";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { CompilerHost } from "./compiler-host.ts";
import type { NamedModule } from "./named-module.ts";

/** A file that exists for the compiler only, beside the YAML file: what the generated code will import, it imports. */
export interface Probe {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly source: ts.SourceFile;
}

/** A requested type in the probe. */
export interface ProbedType {
  readonly id: string;
  readonly text: ResolvedType["text"];
  readonly module: NamedModule | undefined;
}

/** A probe that imports `modules`, in their order, and nothing else. */
export function probeModules(
  modules: readonly NamedModule[],
  folder: string,
  options: ts.CompilerOptions,
  host: CompilerHost,
): Probe {
  const lines = modules.map(
    ({ specifier }, index) => `import type * as $module${index} from ${JSON.stringify(specifier)};\n`,
  );
  return compile(`${lines.join("")}export {};\n`, folder, options, host, undefined);
}

/** A probe that declares a type alias for each of `types`. Its statements: an import for each name, then the aliases. */
export function probeTypes(
  types: readonly ProbedType[],
  modulesProbe: Probe,
  folder: string,
  host: CompilerHost,
): Probe {
  const imports = new Map<string, { readonly local: string; readonly line: string }>();
  const localName = (module: string, name: string): string => {
    const key = JSON.stringify([module, name]);
    const local = imports.get(key)?.local ?? `$${imports.size}$${name}`;
    imports.set(key, { local, line: `import type { ${name} as ${local} } from ${JSON.stringify(module)};\n` });
    return local;
  };
  const aliases = types.map(({ text, module }, index) => {
    const parts = text.map((part) =>
      typeof part === "string" ? part : localName(module?.specifier ?? "", part.imported),
    );
    return `export type $type${index} = ${parts.join("")};\n`;
  });
  const options = modulesProbe.program.getCompilerOptions();
  return compile(
    [...[...imports.values()].map(({ line }) => line), ...aliases].join(""),
    folder,
    options,
    host,
    modulesProbe.program,
  );
}

function compile(
  text: string,
  folder: string,
  options: ts.CompilerOptions,
  host: CompilerHost,
  oldProgram: ts.Program | undefined,
): Probe {
  const path = join(folder, "__cachetory_probe__.ts");
  host.setVirtualFile(path, text);
  const program = ts.createProgram({ rootNames: [path], options, host, ...(oldProgram && { oldProgram }) });
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`The compiler does not see its own probe ${path}.`);
  return { program, checker: program.getTypeChecker(), source };
}
