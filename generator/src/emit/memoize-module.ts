import type { MemoizedDeclaration } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import { generatedNames } from "../model/generated-names.ts";
import { type KeyArgument, type MemoizedFunction, ofInstance } from "../model/memoized-function.ts";
import {
  type Code,
  code,
  generatedType,
  generatedValue,
  type ImportedName,
  joinCode,
  type LocalName,
  runtimeType,
  runtimeValue,
} from "./code.ts";
import { codeSpan, docstring } from "./docstring.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { stringLiteral } from "./literal.ts";
import type { OutputModel } from "./output-model.ts";
import { relativePath } from "./relative-path.ts";
import { printSourceFile } from "./source-file.ts";
import { documentationWith, freeName, parameterName } from "./wrapped-function.ts";

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
  const { name, path, cache, isOfInstance } = declaration;
  const found = model.memoized.get(name);
  if (found === undefined) throw new Error(`The function of ${name} has not been resolved.`);
  const [exported, ...properties] = path;
  const imported: ImportedName = { kind: "imported", from: found.module, name: exported, isType: isOfInstance };
  const owner: Code = [imported, ...properties.slice(0, -1).map((property) => `.${property}`)];
  const last = properties.at(-1);
  const instance = freeName("instance", found.parameters);
  const isSync = cache.mode === "sync";
  const { stem, key, value } = generatedNames(cache.name);
  const type = (original: Code): Code =>
    code`${runtimeType(isSync ? "SyncCachedFunction" : "CachedFunction")}<${original}, ${generatedType(stem, key)}>`;
  const call = (original: Code, lookUp: Code, self: Code | undefined, indent: string): Code => {
    const make = runtimeValue(isSync ? "memoizeSyncFunction" : "memoizeFunction");
    const given: readonly Code[] = [
      generatedValue(stem, cache.name),
      code`() => ${lookUp}`,
      code`(${parameterList(found)}) => (${keyObject(found, instance)})`,
      ...(self === undefined ? [] : [code`() => ${self}`]),
    ];
    const lines = given.map((argument) => code`${indent}  ${argument},\n`);
    return code`${make}<${original}, ${generatedType(stem, key)}, ${generatedType(stem, value)}>(\n${lines}${indent})`;
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

/** That of the function, with a line about the cache before its tags. */
function documentation(declaration: MemoizedDeclaration, { documentation: own }: MemoizedFunction): string {
  const subject = `${codeSpan(functionName(declaration))} through the cache ${codeSpan(declaration.cache.name)}`;
  const note = `${subject}. ${codeSpan("purge")} and ${codeSpan("refresh")} take the same arguments.`;
  return documentationWith(note, own);
}

function parameterList({ parameters, key }: MemoizedFunction): Code {
  const names = parameters.map(({ isRest }, index) => {
    const isUsed = key.some((argument) => argument.index === index);
    return code`${isRest ? "..." : ""}${isUsed ? parameterName(parameters, index) : freeName(`_${index}`, parameters)}`;
  });
  return joinCode(names, ", ");
}

function keyObject({ key, parameters }: MemoizedFunction, instance: LocalName): Code {
  if (key.length === 0) return "{}";
  return code`{ ${joinCode(
    key.map((argument) => property(argument, parameters, instance)),
    ", ",
  )} }`;
}

function property(
  { parameter, index, properties }: KeyArgument,
  parameters: MemoizedFunction["parameters"],
  instance: LocalName,
): Code {
  const name = index === ofInstance ? instance : parameterName(parameters, index);
  if (properties.length > 0) return code`${parameter}: ${name}${properties.map((each) => `.${each}`)}`;
  return { kind: "shorthand", property: parameter, of: name };
}
