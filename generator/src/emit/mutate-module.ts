import type { CacheDeclaration, InvalidationDeclaration, MutationDeclaration } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import { generatedNames } from "../model/generated-names.ts";
import { type FoundEntries, type MutatedFunction, ofResult } from "../model/mutated-function.ts";
import {
  type Code,
  code,
  generatedType,
  generatedValue,
  type ImportedName,
  joinCode,
  type LocalName,
  local,
  runtimeType,
  runtimeValue,
} from "./code.ts";
import { codeSpan, docstring } from "./docstring.ts";
import { entryList } from "./entry-list.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { stringLiteral } from "./literal.ts";
import type { OutputModel } from "./output-model.ts";
import { relativePath } from "./relative-path.ts";
import { printSourceFile } from "./source-file.ts";
import { documentationWith, freeName, parameterName } from "./wrapped-function.ts";

/** The module of mutations, without its extension. */
export const mutateStem = "mutate.gen";

/** `mutate.gen.ts`: the user's functions, each of which deletes what it makes untrue. It imports them, as `memoize.gen.ts` does. */
export function mutateModule(model: OutputModel): GeneratedFile {
  const { mutations, output, file } = model.declarations;
  const text = printSourceFile({
    source: relativePath(output, file),
    folder: output,
    importExtension: model.importExtension,
    exports: mutations.map(({ name }) => name),
    globals: [],
    blocks: mutations.map((declaration) => wrapper(declaration, model)),
  });
  return { name: `${mutateStem}.ts`, text };
}

function wrapper(declaration: MutationDeclaration, model: OutputModel): Code {
  const { name, path, isOfInstance, invalidations } = declaration;
  const found = model.mutated.get(name);
  if (found === undefined) throw new Error(`The function of ${name} has not been resolved.`);
  const [exported, ...properties] = path;
  const imported: ImportedName = { kind: "imported", from: found.module, name: exported, isType: isOfInstance };
  const owner: Code = [imported, ...properties.slice(0, -1).map((property) => `.${property}`)];
  const last = properties.at(-1);
  const instance = freeName("instance", found.parameters);
  const caches = distinctCaches(invalidations, model);
  const isSync = !found.isPromising && caches.every(({ mode }) => mode === "sync");
  const keyTypes = caches.map(({ name: cache }) => {
    const { stem, key } = generatedNames(cache);
    return code`${cache}: ${generatedType(stem, key)}`;
  });
  const keys = code`{ ${joinCode(keyTypes, "; ")} }`;
  const type = (original: Code): Code =>
    code`${runtimeType(isSync ? "SyncMutatingFunction" : "MutatingFunction")}<${original}, ${keys}>`;
  const call = (original: Code, lookUp: Code, self: Code | undefined, indent: string): Code => {
    const values = caches.map(
      ({ name: cache }): Code => ({
        kind: "shorthand",
        property: cache,
        of: generatedValue(generatedNames(cache).stem, cache),
      }),
    );
    const entries = invalidations.map((invalidation, index) =>
      untrueEntries(invalidation, found.invalidations[index], found, instance, `${indent}    `, model),
    );
    const given: readonly Code[] = [
      stringLiteral(name),
      code`{ ${joinCode(values, ", ")} }`,
      code`() => ${lookUp}`,
      code`[\n${entries}${indent}  ]`,
      ...options(declaration, self),
    ];
    const make = runtimeValue(isSync ? "mutateSyncFunction" : "mutateFunction");
    const lines = given.map((argument) => code`${indent}  ${argument},\n`);
    return code`${make}<${original}, ${keys}>(\n${lines}${indent})`;
  };
  const comment = docstring(documentation(declaration, found));
  if (isOfInstance) {
    const original = code`${owner}[${stringLiteral(last ?? "")}]`;
    return code`${comment}
export function ${name}(${instance}: ${owner}): ${type(original)} {
  return ${call(original, code`${instance}.${last ?? ""}`, instance, "  ")};
}`;
  }
  const whole: Code = last === undefined ? imported : code`${owner}.${last}`;
  const original = code`typeof ${whole}`;
  return code`${comment}
export const ${name}: ${type(original)} = /* @__PURE__ */ ${call(original, whole, last === undefined ? undefined : owner, "")};`;
}

/** In the order in which they are named. */
function distinctCaches(
  invalidations: readonly InvalidationDeclaration[],
  { declarations }: OutputModel,
): readonly CacheDeclaration[] {
  const names = new Set(invalidations.map(({ cache }) => cache.name));
  return [...names].map((name) => cacheOf(name, declarations.caches));
}

function cacheOf(name: string, caches: readonly CacheDeclaration[]): CacheDeclaration {
  const cache = caches.find((each) => each.name === name);
  if (cache === undefined) throw new Error(`The cache ${name} is not among those of the model.`);
  return cache;
}

function untrueEntries(
  { cache, isBefore }: InvalidationDeclaration,
  entries: FoundEntries | undefined,
  found: MutatedFunction,
  instance: LocalName,
  indent: string,
  { declarations }: OutputModel,
): Code {
  if (entries === undefined) throw new Error(`Entries of ${cache.name} have not been found.`);
  const { parameters } = found;
  const of = entries.parts.flatMap(({ source }) => (source.kind === "value" ? [source.from] : []));
  const isOfResult = of.includes(ofResult);
  const names = { parameters, instance };
  const list = entryList(entries, cacheOf(cache.name, declarations.caches).key, names, `${indent}  `);
  const lines: readonly Code[] = [
    code`cache: ${stringLiteral(cache.name)}`,
    ...(isOfResult ? [`of: ${stringLiteral("result")}`] : []),
    ...(isBefore ? ["before: true"] : []),
    code`${entries.by === "keys" ? "keys" : "parts"}: (${argumentsOf(of, found)}) => ${list}`,
  ];
  return code`${indent}{\n${lines.map((line) => code`${indent}  ${line},\n`)}${indent}},\n`;
}

/** What the function that finds entries takes: the arguments of a call, and the result; as far as it needs them. */
function argumentsOf(of: readonly number[], { parameters }: MutatedFunction): Code {
  const last = Math.max(-1, ...of);
  const names = parameters.slice(0, last + 1).map(({ isRest }, index) => {
    return of.includes(index) ? code`${isRest ? "..." : ""}${parameterName(parameters, index)}` : "";
  });
  const args = code`[${joinCode(names, ", ")}]`;
  if (of.includes(ofResult)) return code`${last < 0 ? "_" : args}, ${local("result")}`;
  return last < 0 ? "" : args;
}

function options({ onInvalidationError }: MutationDeclaration, self: Code | undefined): readonly Code[] {
  const given: readonly Code[] = [
    ...(onInvalidationError === "warn" ? [] : [`onError: ${stringLiteral(onInvalidationError)}`]),
    ...(self === undefined ? [] : [code`owner: () => ${self}`]),
  ];
  return given.length === 0 ? [] : [code`{ ${joinCode(given, ", ")} }`];
}

/** That of the function, with a line about what is deleted before its tags. */
function documentation(declaration: MutationDeclaration, { documentation: own }: MutatedFunction): string {
  const entries = declaration.invalidations.map(
    ({ text, isBefore }) => `${codeSpan(text)}${isBefore ? " (and before it)" : ""}`,
  );
  const note = `${codeSpan(functionName(declaration))}, after which entries are deleted: ${entries.join(", ")}.`;
  return documentationWith(note, own);
}
