import type { ts } from "ts-morph";
import type { BuiltinName } from "../model/type-ir.ts";
import { builtinNames } from "../model/type-ir.ts";

/** What a type of JavaScript, Node or the runtime is, where it is more than its data. */
export type LibraryType =
  | { readonly kind: "builtin"; readonly name: BuiltinName }
  | { readonly kind: "map" }
  | { readonly kind: "set" }
  | { readonly kind: "promise" | "function" | "symbol" };

const kinds: ReadonlyMap<string, LibraryType> = new Map<string, LibraryType>([
  ...builtinNames
    .filter((name) => !name.startsWith("Python"))
    .map((name) => [name, { kind: "builtin", name }] as const),
  ...["EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"].map(
    (name) => [name, { kind: "builtin", name: "Error" }] as const,
  ),
  ["Map", { kind: "map" }],
  ["ReadonlyMap", { kind: "map" }],
  ["Set", { kind: "set" }],
  ["ReadonlySet", { kind: "set" }],
  ["Promise", { kind: "promise" }],
  ["PromiseLike", { kind: "promise" }],
  ["Function", { kind: "function" }],
  ["CallableFunction", { kind: "function" }],
  ["NewableFunction", { kind: "function" }],
  ["Symbol", { kind: "symbol" }],
]);

const pythonNames: ReadonlyMap<string, LibraryType> = new Map(
  builtinNames.filter((name) => name.startsWith("Python")).map((name) => [name, { kind: "builtin", name }]),
);

/** `undefined` for every type that only its declaration describes, a class `Map` of the project included. */
export function libraryType(type: ts.Type, program: ts.Program): LibraryType | undefined {
  const symbol = type.getSymbol();
  if (symbol === undefined) return undefined;
  const known = kinds.get(symbol.name);
  // One declaration decides, for a project may add to the interfaces of the language.
  if (known !== undefined && symbol.declarations?.some((node) => isOfLibrary(node, program))) return known;
  const python = pythonNames.get(symbol.name);
  return python !== undefined && symbol.declarations?.some(isOfRuntime) ? python : undefined;
}

/** Whether the language, the browser or Node declares it. */
export function isOfLibrary(node: ts.Node, program: ts.Program): boolean {
  const source = node.getSourceFile();
  return program.isSourceFileDefaultLibrary(source) || source.fileName.includes("/node_modules/@types/node/");
}

/** The file that has all of them and nothing else: of a link into a workspace, the path alone does not tell the package. */
function isOfRuntime(node: ts.Node): boolean {
  return /\/serializers\/pickle\/python-types\.d\.ts$/.test(node.getSourceFile().fileName);
}
