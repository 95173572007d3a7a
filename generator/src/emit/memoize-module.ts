import type { MemoizedDeclaration } from "../model/declaration.ts";
import { generatedNames } from "../model/generated-names.ts";
import type { KeyArgument, MemoizedFunction } from "../model/memoized-function.ts";
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
  const { name, path, cache } = declaration;
  const found = model.memoized.get(name);
  if (found === undefined) throw new Error(`The function of ${name} has not been resolved.`);
  const [exported, ...properties] = path;
  const imported: ImportedName = { kind: "imported", from: found.module, name: exported, isType: false };
  const original: Code = [imported, ...properties.map((property) => `.${property}`)];
  const owner: Code = [imported, ...properties.slice(0, -1).map((property) => `.${property}`)];
  const { stem, key, value } = generatedNames(cache.name);
  const [type, make] =
    cache.mode === "sync" ? ["SyncCachedFunction", "memoizeSyncFunction"] : ["CachedFunction", "memoizeFunction"];
  const keyType = generatedType(stem, key);
  const typeArguments = code`typeof ${original}, ${keyType}, ${generatedType(stem, value)}`;
  const ofOwner: Code = properties.length === 0 ? "" : code`  () => ${owner},\n`;
  return code`${docstring(documentation(declaration, found))}
export const ${name}: ${runtimeType(type)}<typeof ${original}, ${keyType}> = /* @__PURE__ */ ${runtimeValue(make)}<${typeArguments}>(
  ${generatedValue(stem, cache.name)},
  () => ${original},
  (${parameterList(found)}) => (${keyObject(found)}),
${ofOwner});`;
}

/** That of the function, with a line about the cache before its tags. */
function documentation({ path, cache }: MemoizedDeclaration, { documentation }: MemoizedFunction): string {
  const note = `${codeSpan(path.join("."))} through the cache ${codeSpan(cache.name)}. ${codeSpan("purge")} and ${codeSpan("refresh")} take the same arguments.`;
  if (documentation === undefined) return note;
  const lines = documentation.split("\n");
  const tag = lines.findIndex((line) => /^\s*@\w/.test(line));
  const description = lines
    .slice(0, tag < 0 ? lines.length : tag)
    .join("\n")
    .trimEnd();
  const tags = tag < 0 ? [] : ["", ...lines.slice(tag)];
  return [...(description === "" ? [] : [description, ""]), note, ...tags].join("\n");
}

function parameterList({ parameters, key }: MemoizedFunction): Code {
  const names = parameters.map(({ isRest }, index) => {
    const isUsed = key.some((argument) => argument.index === index);
    return code`${isRest ? "..." : ""}${isUsed ? parameterName(parameters, index) : local(`_${index}`)}`;
  });
  return joinCode(names, ", ");
}

/** As the function calls it; what it takes apart at once has no name. */
function parameterName(parameters: MemoizedFunction["parameters"], index: number): LocalName {
  const name = parameters[index]?.name ?? "";
  return local(
    /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) && !name.startsWith("__") ? name : `given${index}`,
  );
}

function keyObject({ key, parameters }: MemoizedFunction): Code {
  if (key.length === 0) return "{}";
  return code`{ ${joinCode(
    key.map((argument) => property(argument, parameters)),
    ", ",
  )} }`;
}

function property({ parameter, index, properties }: KeyArgument, parameters: MemoizedFunction["parameters"]): Code {
  const name = parameterName(parameters, index);
  if (properties.length > 0) return code`${parameter}: ${name}${properties.map((each) => `.${each}`)}`;
  return { kind: "shorthand", property: parameter, of: name };
}
