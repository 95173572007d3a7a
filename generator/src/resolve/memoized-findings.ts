import { clip, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { MemoizedDeclaration, NamedFunction } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import { type Finding, nameOrNode, placeOf } from "./finding.ts";
import type { ModuleExports } from "./module-exports.ts";
import { missingExport } from "./name-references.ts";
import type { Probe } from "./probe.ts";

/** What to do where the name is of something else. */
export const nameOne =
  "Name an exported function, a static method as Class.method, or a method of instances as Class#method";

/** What is against importing the function by its name. */
export function findInName({ path, isOfInstance }: NamedFunction, exports: ModuleExports): Finding | undefined {
  const [name] = path;
  if (name === "default") {
    return {
      code: "C2101",
      message: `the default export of ${quote(exports.specifier)} cannot be wrapped: a function is imported by its name`,
      hint: "Export the function by name as well, and write that name",
    };
  }
  const flags = exports.flags.get(name);
  if (flags === undefined) return missingExport({ name, meaning: "value" }, exports);
  if (isOfInstance || flags & ts.SymbolFlags.Value) return undefined;
  const message = `${quote(name)} of ${quote(exports.specifier)} is a type, not a function`;
  return { code: "C2101", message, hint: nameOne };
}

/** What is against wrapping something of this type, whatever the caches; `node` is where it is declared. */
export function findInKind(
  named: NamedFunction,
  type: ts.Type,
  node: ts.Node | undefined,
  program: ts.Program,
): Finding | undefined {
  const subject = quote(functionName(named));
  const related = node === undefined ? [] : [placeOf(nameOrNode(node), "it is declared here")];
  const signatures = type.getCallSignatures();
  if (signatures.length === 0) {
    const isClass = type.getConstructSignatures().length > 0;
    const message = `${subject} is ${isClass ? "a class" : "no function"}`;
    const hint = isClass
      ? `Name a method of it: ${clip(functionName(named))}.load if it is static, else ${clip(functionName(named))}#load`
      : "Name an exported function";
    return { code: "C2101", message, hint, related };
  }
  const stream = signatures.map((signature) => streamName(signature.getReturnType(), program)).find(Boolean);
  if (stream === undefined) return undefined;
  const message = `${subject} gives its results one by one, as ${stream}, and a wrapper knows of one`;
  return { code: "C2101", message, hint: "Name a function that collects them in an array", related };
}

function streamName(type: ts.Type, program: ts.Program): string | undefined {
  const name = languageName(type, program);
  return /^(?:Async)?(?:Generator|Iter(?:able|ator|ableIterator|atorObject))$/.test(name ?? "") ? name : undefined;
}

/** What a promise of the language is declared to give. */
function promised(type: ts.Type | undefined, program: ts.Program): ts.Type | undefined {
  if (type === undefined || languageName(type, program) !== "Promise") return undefined;
  return program.getTypeChecker().getTypeArguments(type as ts.TypeReference)[0];
}

/** Its name, where the type is one of the language itself. */
function languageName(type: ts.Type, program: ts.Program): string | undefined {
  const symbol = type.getSymbol();
  const isOfLanguage = symbol?.declarations?.some((node) => program.isSourceFileDefaultLibrary(node.getSourceFile()));
  return isOfLanguage ? symbol?.name : undefined;
}

/** What is against storing the results of one signature as values of the cache, and answering its values as results. */
export function findInResult(
  memoized: MemoizedDeclaration,
  signature: ts.Signature,
  /** Of the cache, with and without `undefined`. */
  value: { readonly type: ts.Type; readonly orUndefined: ts.Type; readonly text: string },
  { checker, program }: Probe,
): Finding | undefined {
  const { cache } = memoized;
  const subject = quote(functionName(memoized));
  const related = [
    { span: cache.valueSpan, message: `the value of cache ${quote(cache.name)} is written here` },
    ...(signature.declaration === undefined
      ? []
      : [placeOf(nameOrNode(signature.declaration), "the function is declared here")]),
  ];
  const returned = signature.getReturnType();
  if (promised(promised(returned, program), program) !== undefined) {
    const message = `${subject} is declared to give a promise of a promise, which no call ever gives`;
    return { code: "C2103", message, hint: "Write what await gives of it, in one Promise<...>", related };
  }
  const awaited = checker.getAwaitedType(returned) ?? returned;
  if (cache.mode === "sync" && awaited !== returned) {
    const message = `${subject} gives a promise, and cache ${quote(cache.name)} is synchronous`;
    return { code: "C2103", message, hint: "Take a cache without mode: sync, or a function without promises", related };
  }
  const result = clip(checker.typeToString(awaited, undefined, ts.TypeFormatFlags.InTypeAlias));
  if (awaited.flags & ts.TypeFlags.Any) {
    // The value of a cache that is made is the result: what is wrong with it is found there.
    if (cache.key === undefined) return undefined;
    const message = `${subject} gives any, which says nothing of what is cached`;
    return { code: "C2103", message, hint: `Write what it returns: ${quote(value.text)}`, related };
  }
  if (!checker.isTypeAssignableTo(awaited, value.orUndefined)) {
    const message = `${subject} gives ${result}, which is no ${quote(value.text)} of cache ${quote(cache.name)}`;
    return { code: "C2103", message, hint: "Change what the function returns, or the value of the cache", related };
  }
  if (checker.isTypeAssignableTo(value.type, awaited)) return undefined;
  const message = `cache ${quote(cache.name)} may hold more than ${subject} gives: ${quote(value.text)} is not always ${result}`;
  const hint = "Give the cache the type that the function returns, or widen that type: hits are values of the cache";
  return { code: "C2103", message, hint, related };
}
