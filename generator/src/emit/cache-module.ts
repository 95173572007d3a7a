import type { CacheDeclaration, Ttl } from "../model/declaration.ts";
import { isDescribing, isTyped } from "../model/describing-steps.ts";
import { type GeneratedNames, generatedNames } from "../model/generated-names.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import { builtinNames } from "../model/type-ir.ts";
import { typeWords } from "../model/type-words.ts";
import { valueIr } from "../model/value-ir.ts";
import { cacheClass } from "./cache-class.ts";
import { type Code, code, generatedValue, local, runtimeType, runtimeValue } from "./code.ts";
import { codeSpan, docstring, prose } from "./docstring.ts";
import { freshnessLines, freshnessTexts } from "./freshness.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { jsonCheck } from "./json/json-check.ts";
import { keyBuilder } from "./key-builder.ts";
import { keyPath } from "./key-path.ts";
import { layersProperty, layersText } from "./layers-property.ts";
import { integerLiteral, stringLiteral } from "./literal.ts";
import { type EmittedLiveValues, liveValues } from "./live/live-values.ts";
import { loadPolicyLines, loadPolicyTexts } from "./load-policies.ts";
import type { OutputModel } from "./output-model.ts";
import { policyLines, policyTexts } from "./policies.ts";
import { protectionLines, protectionTexts } from "./protection.ts";
import { relativePath } from "./relative-path.ts";
import { schemaTypeNames, schemaTypes } from "./schema-types.ts";
import { type MadeForSteps, serializerCall, serializerTexts } from "./serializer-call.ts";
import { printSourceFile } from "./source-file.ts";
import { tagsProperty } from "./tags.ts";
import { ttlText } from "./ttl-text.ts";
import { typedCodec } from "./typed/typed-codec.ts";
import { type Validator, validator } from "./validator.ts";
import { valuePolicyLines, valuePolicyTexts } from "./value-policies.ts";

/** `<cache>.gen.ts`: the types of one cache, its key builder, the cache itself and its memoized wrapper. */
export function cacheModule(cache: CacheDeclaration, model: OutputModel): GeneratedFile {
  const { output, file } = model.declarations;
  const names = generatedNames(cache.name);
  const type = model.types.get(cache.name);
  const ir = valueIr(cache, model.types);
  const check = ir === undefined || !cache.isValidated ? undefined : validator(ir, names.value, cache.serializer);
  const codec = ir === undefined || !isTyped(cache.serializer) ? undefined : typedCodec(ir, names.value);
  const live = ir === undefined ? undefined : liveValues(ir, names.value, cache, codec?.makers);
  // What is kept as it is, is looked at for that.
  const jsonKeeps = ir === undefined || live !== undefined ? undefined : jsonCheck(ir, names.value, cache.serializer);
  const text = printSourceFile({
    source: relativePath(output, file),
    folder: output,
    importExtension: model.importExtension,
    exports: [names.cache, names.definition, names.key, names.value, names.memoize, ...schemaTypeNames(cache)],
    globals: [
      ...["Array", "Date", "Number", "Readonly", "Record", "Set", "String", "Uint8Array"],
      ...(live === undefined ? [] : ["Map", "NaN", "Object", "ReadonlyMap", "ReadonlySet", ...builtinNames]),
      ...(codec === undefined ? [] : ["ArrayBufferView", "Map", "Object", ...builtinNames]),
    ],
    typeWords: typeWords(type),
    blocks: [
      ...keyBuilder(cache, names),
      ...valueTypes(cache, names, type),
      ...(check?.blocks ?? []),
      ...(codec?.blocks ?? []),
      ...(jsonKeeps?.blocks ?? []),
      ...(live?.blocks ?? []),
      definition(cache, names, check, { typed: codec?.name, json: live?.keeps ?? jsonKeeps?.name }, live, model),
      cacheConstant(cache, names, live),
      memoizeConstant(cache, names),
    ],
  });
  return { name: `${names.stem}.ts`, text };
}

function valueTypes(cache: CacheDeclaration, names: GeneratedNames, type: ResolvedType | undefined): readonly Code[] {
  if (cache.value.kind === "schema") return schemaTypes(cache.name, cache.value.type);
  const text = cache.value.kind === "bytes" ? "Uint8Array" : typeText(cache, type);
  return [code`${docstring(`Value of ${codeSpan(cache.name)}.`)}\nexport type ${names.value} = ${text};`];
}

function typeText(cache: CacheDeclaration, type: ResolvedType | undefined): Code {
  if (type === undefined) throw new Error(`The value type of the cache ${cache.name} has not been resolved.`);
  return type.text.map((part): Code => {
    if (typeof part === "string") return part;
    if (type.module === undefined) throw new Error(`The value type of the cache ${cache.name} imports from nowhere.`);
    return { kind: "imported", from: type.module, name: part.imported, isType: true };
  });
}

function definition(
  cache: CacheDeclaration,
  names: GeneratedNames,
  check: Validator | undefined,
  steps: MadeForSteps,
  live: EmittedLiveValues | undefined,
  model: OutputModel,
): Code {
  const offload: Code =
    cache.offload === undefined
      ? ""
      : code`  offload: () => ${runtimeValue("offload")}({ minBytes: ${integerLiteral(cache.offload.minBytes)} }),\n`;
  const validate = check === undefined ? "" : code`  validate: ${check.name},\n`;
  const path = cache.isLocal ? keyPath(cache.key) : undefined;
  const keyPathLine = path === undefined ? "" : code`  keyPath: ${path},\n`;
  const liveLine = live === undefined ? "" : code`  live: ${live.property},\n`;
  const layersLine = cache.layers === undefined ? "" : layersProperty(cache.layers);
  // What is kept as it is says by itself how it is copied.
  const isolationLine = cache.sharesLoads && live === undefined ? `  isolation: "share",\n` : "";
  const eventKeysLine = cache.hasEventKeys ? "  eventKeys: true,\n" : "";
  const maxTtl = cache.maxTtl === undefined ? "" : `  maxTtlMs: ${ttlLiteral(cache.maxTtl)},\n`;
  return code`${docstring(`How ${codeSpan(cache.name)} is made; for ${codeSpan("createCaches")}.`)}
export const ${names.definition}: ${runtimeType("CacheDefinition")}<${names.key}, ${names.value}> = {
  name: ${stringLiteral(cache.name)},
  ${property("pattern")},
  ${property("keyText")},
${keyPathLine}  serializer: () => ${serializerCall(cache.serializer, steps)},
  ttlMs: ${ttlLiteral(cache.ttl)},
${maxTtl}${valuePolicyLines(cache, model)}${freshnessLines(cache)}${loadPolicyLines(cache)}${layersLine}${offload}${validate}${liveLine}${isolationLine}${eventKeysLine}${policyLines(cache)}${protectionLines(cache)}${tagsProperty(cache, model.types)}};`;
}

function property(name: string): Code {
  return { kind: "shorthand", property: name, of: local(name) };
}

function ttlLiteral(ttl: Ttl): string {
  return ttl === "forever" ? stringLiteral(ttl) : integerLiteral(ttl.ms);
}

function cacheConstant(cache: CacheDeclaration, names: GeneratedNames, live: EmittedLiveValues | undefined): Code {
  const backend = generatedValue("backends.gen", cache.backend);
  const define = runtimeValue(cache.mode === "sync" ? "defineSyncCache" : "defineCache");
  return code`${docstring(cacheText(cache, live))}
export const ${names.cache}: ${cacheClass(cache)}<${names.key}, ${names.value}> = /* @__PURE__ */ ${define}(${names.definition}, ${backend});`;
}

function cacheText(cache: CacheDeclaration, live: EmittedLiveValues | undefined): string {
  const longest = cache.maxTtl === undefined ? "" : `, by call up to ${ttlText(cache.maxTtl)}`;
  return [
    ...(cache.description === undefined || cache.description.trim() === ""
      ? []
      : [prose(cache.description.trim()), ""]),
    `- Key: ${codeSpan(cache.key.text)}`,
    `- TTL: ${ttlText(cache.ttl)}${longest}`,
    ...valuePolicyTexts(cache),
    ...loadPolicyTexts(cache),
    ...freshnessTexts(cache.freshness),
    `- Backend: ${codeSpan(cache.backend)}`,
    ...(cache.layers === undefined ? [] : [`- Near: ${layersText(cache.layers)}`]),
    `- Serializer: ${serializerTexts(cache.serializer).map(codeSpan).join(", then ")}`,
    ...(cache.offload === undefined ? [] : [`- Offload: ${codeSpan(cache.offload.text)}`]),
    ...(cache.isValidated || !isDescribing(cache.serializer) ? [] : ["- Validation: none"]),
    ...isolationText(cache, live),
    ...(cache.hasEventKeys ? ["- Events: with keys"] : []),
    ...policyTexts(cache),
    ...protectionTexts(cache.protection),
    ...(cache.revision === undefined ? [] : [`- Revision: ${cache.revision}`]),
    ...(cache.mode === "sync" ? ["- Mode: synchronous"] : []),
  ].join("\n");
}

function isolationText({ sharesLoads }: CacheDeclaration, live: EmittedLiveValues | undefined): readonly string[] {
  const isolation = live?.isolation ?? (sharesLoads ? "share" : "clone");
  return isolation === "clone" ? [] : [`- Isolation: ${isolation}`];
}

function memoizeConstant(cache: CacheDeclaration, names: GeneratedNames): Code {
  const text = `Lets a loader read through ${codeSpan(cache.name)}: what the cache holds is not loaded again.`;
  const [type, make] = cache.mode === "sync" ? ["SyncMemoizer", "syncMemoizer"] : ["Memoizer", "memoizer"];
  return code`${docstring(text)}
export const ${names.memoize}: ${runtimeType(type)}<${names.key}, ${names.value}> = /* @__PURE__ */ ${runtimeValue(make)}(${names.cache});`;
}
