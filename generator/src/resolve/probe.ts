import { join } from "node:path";
import { ts } from "ts-morph";
import type { NamedFunction } from "../model/declaration.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { CompilerHost } from "./compiler-host.ts";
import type { ModuleExports } from "./module-exports.ts";
import type { NamedModule } from "./named-module.ts";

/** A file that exists for the compiler only, beside the YAML file: what the generated code will import, it imports. */
export interface Probe {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly source: ts.SourceFile;
  /** Files that the compiler was given beside it. */
  readonly roots: readonly string[];
}

/** A requested type in the probe. */
export interface ProbedType {
  /** The ids that it is asked for by. */
  readonly requests: readonly { readonly id: string }[];
  readonly text: ResolvedType["text"];
  readonly module: NamedModule | undefined;
}

/** A probe that imports `modules`, in their order, and nothing else. */
export function probeModules(
  modules: readonly NamedModule[],
  folder: string,
  options: ts.CompilerOptions,
  host: CompilerHost,
  roots: readonly string[],
): Probe {
  const lines = modules.map(
    ({ specifier }, index) => `import type * as $module${index} from ${JSON.stringify(specifier)};\n`,
  );
  return compile(`${lines.join("")}export {};\n`, folder, options, host, roots, undefined);
}

/** A function of the user's in the probe, with the names of what the probe declares for it. */
export interface ProbedConstant {
  readonly named: NamedFunction;
  readonly module: NamedModule;
  readonly exports: ModuleExports;
  /** The local name under which it is imported. */
  readonly local: string;
  /** Holds the function itself, or the method. */
  readonly constant: string;
  /** The name of the type of which it is a method; `undefined` where no instance is called upon. */
  readonly owner: string | undefined;
  /** Text of each type that is declared after it, by name. */
  readonly aliases: ReadonlyMap<string, string>;
}

/**
 * A probe that declares a type alias for each of `types`, and a constant for each of `functions`. Its statements: an
 * import for each name, then the aliases, then the functions.
 */
export function probeTypes(
  types: readonly ProbedType[],
  functions: readonly ProbedConstant[],
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
  const constants = functions.flatMap(({ named: { path }, module, local, constant, owner, aliases: own }) => {
    const [name, ...properties] = path;
    // A function is imported as what generated code calls; of an instance it knows the type alone.
    const kind = owner === undefined ? "import" : "import type";
    imports.set(local, { local, line: `${kind} { ${name} as ${local} } from ${JSON.stringify(module.specifier)};\n` });
    const further = [...own].map(([alias, text]) => `export type ${alias} = ${text};\n`);
    const whole = [local, ...properties];
    if (owner === undefined) return [`export const ${constant} = ${whole.join(".")};\n`, ...further];
    const instance = `export type ${owner} = ${whole.slice(0, -1).join(".")};\n`;
    return [instance, `export declare const ${constant}: ${owner}[${JSON.stringify(path.at(-1))}];\n`, ...further];
  });
  const options = modulesProbe.program.getCompilerOptions();
  return compile(
    [...[...imports.values()].map(({ line }) => line), ...aliases, ...constants].join(""),
    folder,
    options,
    host,
    modulesProbe.roots,
    modulesProbe.program,
  );
}

function compile(
  text: string,
  folder: string,
  options: ts.CompilerOptions,
  host: CompilerHost,
  roots: readonly string[],
  oldProgram: ts.Program | undefined,
): Probe {
  const path = join(folder, "__cachetory_probe__.ts");
  host.setVirtualFile(path, text);
  const program = ts.createProgram({ rootNames: [...roots, path], options, host, ...(oldProgram && { oldProgram }) });
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`The compiler does not see its own probe ${path}.`);
  return { program, checker: program.getTypeChecker(), source, roots };
}
