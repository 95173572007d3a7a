import type { MemoizedDeclaration } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import { generatedNames } from "../model/generated-names.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import { batchedCalls } from "./batched-calls.ts";
import {
  type Code,
  code,
  generatedType,
  generatedValue,
  type ImportedName,
  runtimeType,
  runtimeValue,
} from "./code.ts";
import { codeSpan, docstring } from "./docstring.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { keyObject, parameterList } from "./key-of-call.ts";
import { stringLiteral } from "./literal.ts";
import type { OutputModel } from "./output-model.ts";
import { relativePath } from "./relative-path.ts";
import { printSourceFile } from "./source-file.ts";
import { documentationWith, freeName } from "./wrapped-function.ts";

/** The module of memoized functions, without its extension. */
export const memoizeStem = "memoize.gen";

/** `memoize.gen.ts`: the user's functions, each reading through its cache. Of all generated modules it alone imports them. */
export function memoizeModule(model: OutputModel): GeneratedFile {
  const { memoized, output, file } = model.declarations;
  const text = printSourceFile({
    source: relativePath(output, file),
    folder: output,
    importExtension: model.importExtension,
    exports: memoized.map(({ name }) => name),
    globals: [],
    blocks: memoized.map((declaration) => wrapper(declaration, model)),
  });
  return { name: `${memoizeStem}.ts`, text };
}

function wrapper(declaration: MemoizedDeclaration, model: OutputModel): Code {
  const { name, path, batch, cache, isOfInstance } = declaration;
  const found = model.memoized.get(name);
  if (found === undefined) throw new Error(`The function of ${name} has not been resolved.`);
  const [exported, ...properties] = path;
  const imported: ImportedName = { kind: "imported", from: found.module, name: exported, isType: isOfInstance };
  const owner: Code = [imported, ...properties.slice(0, -1).map((property) => `.${property}`)];
  const last = properties.at(-1);
  const instance = freeName("instance", (found.batch ?? found).parameters);
  const isSync = cache.mode === "sync";
  const { stem, key, value } = generatedNames(cache.name);
  const type = (original: Code): Code =>
    code`${runtimeType(isSync ? "SyncCachedFunction" : "CachedFunction")}<${original}, ${generatedType(stem, key)}>`;
  const call = (original: Code, lookUp: Code, self: Code | undefined, indent: string): Code => {
    const first: readonly Code[] = [generatedValue(stem, cache.name), code`() => ${lookUp}`];
    const given = (further: readonly Code[]): Code => {
      const lines = [...first, ...further].map((argument) => code`${indent}  ${argument},\n`);
      return code`(\n${lines}${indent})`;
    };
    if (batch !== undefined && found.batch !== undefined) {
      const calls = batchedCalls(batch, found.batch, found, instance, `${indent}  `);
      return code`${runtimeValue("memoizeBatch")}${given([calls])}`;
    }
    const make = runtimeValue(isSync ? "memoizeSyncFunction" : "memoizeFunction");
    const used = found.key.map(({ index }) => index);
    const types = code`<${original}, ${generatedType(stem, key)}, ${generatedType(stem, value)}>`;
    const keyOf = code`(${parameterList(found.parameters, used)}) => (${keyObject(found, instance)})`;
    return code`${make}${types}${given([keyOf, ...(self === undefined ? [] : [code`() => ${self}`])])}`;
  };
  const comment = docstring(documentation(declaration, found));
  if (isOfInstance) {
    const original = code`${owner}[${stringLiteral(last ?? "")}]`;
    if (batch !== undefined) {
      const wrap = call(original, code`${instance}.${last ?? ""}`, instance, "  ");
      return code`${comment}
export const ${name}: (${instance}: ${owner}) => ${type(original)} = /* @__PURE__ */ ${runtimeValue("perInstance")}((${instance}: ${owner}) =>
  ${wrap},
);`;
    }
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

/** That of the function, with a line about the cache before its tags. */
function documentation(declaration: MemoizedDeclaration, { documentation: own }: MemoizedFunction): string {
  const { batch, cache } = declaration;
  const subject = `${codeSpan(functionName(declaration))} through the cache ${codeSpan(cache.name)}`;
  const many = batch && `, loaded by ${codeSpan(functionName(batch))} for all calls of a turn of the event loop`;
  const note = `${subject}${many ?? ""}. ${codeSpan("purge")} and ${codeSpan("refresh")} take the same arguments.`;
  return documentationWith(note, own);
}
