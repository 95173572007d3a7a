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
  local,
  runtimeType,
  runtimeValue,
} from "./code.ts";
import { codeSpan, docstring } from "./docstring.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { stringLiteral } from "./literal.ts";
import type { OutputModel } from "./output-model.ts";
import { relativePath } from "./relative-path.ts";
import { printSourceFile } from "./source-file.ts";

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

/** A name that no parameter of the function has. */
function freeName(stem: string, parameters: MemoizedFunction["parameters"]): LocalName {
  let name = stem;
  while (parameters.some((parameter) => parameter.name === name)) name += "_";
  return local(name);
}

/** That of the function, with a line about the cache before its tags. */
function documentation(declaration: MemoizedDeclaration, { documentation: own }: MemoizedFunction): string {
  const subject = `${codeSpan(functionName(declaration))} through the cache ${codeSpan(declaration.cache.name)}`;
  const note = `${subject}. ${codeSpan("purge")} and ${codeSpan("refresh")} take the same arguments.`;
  const lines = own?.split("\n") ?? [];
  const tags = lines.slice(firstTag(lines));
  const description = lines.slice(0, firstTag(lines)).join("\n").trimEnd();
  return [...(description === "" ? [] : [description, ""]), note, ...(tags.length === 0 ? [] : ["", ...tags])].join(
    "\n",
  );
}

/** Where the tags begin, of which none is inside of a code block; the end, where there are none. */
function firstTag(lines: readonly string[]): number {
  let isCode = false;
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    else if (!isCode && /^\s*@\w/.test(line)) return index;
  }
  return lines.length;
}

function parameterList({ parameters, key }: MemoizedFunction): Code {
  const names = parameters.map(({ isRest }, index) => {
    const isUsed = key.some((argument) => argument.index === index);
    return code`${isRest ? "..." : ""}${isUsed ? parameterName(parameters, index) : freeName(`_${index}`, parameters)}`;
  });
  return joinCode(names, ", ");
}

/** As the function calls it; what it takes apart at once has no name. */
function parameterName(parameters: MemoizedFunction["parameters"], index: number): LocalName {
  const name = parameters[index]?.name ?? "";
  // The compiler's own names begin so.
  const isNamed = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) && !name.startsWith("__");
  return isNamed ? local(name) : freeName(`given${index}`, parameters);
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
