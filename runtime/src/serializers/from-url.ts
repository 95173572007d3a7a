import { invalidOption, optionObject, sentence } from "../checked-options.ts";
import { brotli } from "../compressors/brotli.ts";
import { gzip } from "../compressors/gzip.ts";
import { zlib } from "../compressors/zlib.ts";
import { zstd } from "../compressors/zstd.ts";
import { CachetoryError, type CachetoryErrorCode } from "../errors.ts";
import { type PipelineProblem, planPipeline } from "../schemes/pipeline.ts";
import type { OptionSpecs, OptionValue } from "../schemes/scheme.ts";
import { findSerializerScheme, serializerSchemes } from "../schemes/serializer-schemes.ts";
import { withoutSecrets } from "../schemes/serializer-url.ts";
import { aesGcm } from "../secrets/aes-gcm.ts";
import { hmac } from "../secrets/hmac.ts";
import type { SealOptions } from "../secrets/sealing-step.ts";
import { bytes } from "./bytes.ts";
import { chainSteps } from "./chain.ts";
import { json } from "./json.ts";
import { msgpack } from "./msgpack.ts";
import { noop } from "./noop.ts";
import { pickle } from "./pickle/pickle.ts";
import type { Serializer } from "./serializer.ts";
import { text } from "./text.ts";
import { v8 } from "./v8.ts";

/** How a scheme of serializer URLs becomes a step. */
export interface SerializerDefinition {
  /** The options that a URL may name, in kebab-case. Default none. */
  readonly options?: OptionSpecs | undefined;
  /** Makes the step; `options` are those of the URL, checked and converted, with defaults filled in by nobody. */
  create(options: ReadonlyMap<string, OptionValue>): Serializer;
}

const definitions = new Map<string, SerializerDefinition>([
  ["aes-gcm", { create: (options) => aesGcm(keysOf(options)) }],
  ["brotli", { create: (options) => brotli(optionObject(options)) }],
  ["bytes", { create: () => bytes() }],
  ["gzip", { create: (options) => gzip(optionObject(options)) }],
  ["hmac", { create: (options) => hmac(keysOf(options)) }],
  ["json", { create: (options) => json(optionObject(options)) }],
  ["msgpack", { create: () => msgpack() }],
  ["noop", { create: () => noop() }],
  ["pickle", { create: (options) => pickle(optionObject(options)) }],
  ["text", { create: () => text() }],
  ["v8", { create: () => v8() }],
  ["zlib", { create: (options) => zlib(optionObject(options)) }],
  ["zstd", { create: (options) => zstd(optionObject(options)) }],
]);

/**
 * The serializer that a URL describes: a name, or steps joined by `+`, then options in kebab-case, each given to the
 * steps that know it.
 *
 * @typeParam V - the values it will carry: your word, as with `JSON.parse`
 * @throws CachetoryError `INVALID_URL`, `UNKNOWN_SCHEME`, `INVALID_OPTION`, `INVALID_PIPELINE`, `MISSING_PACKAGE`
 *
 * @example
 * ```ts
 * const serializer = serializerFromUrl<Product>("json+zlib://?compression-level=9");
 * ```
 */
export function serializerFromUrl<V = unknown>(url: string): Serializer<V> {
  const registered = [...definitions].map(([scheme, { options = {} }]) => ({ scheme, options }));
  const known = [
    ...serializerSchemes,
    ...registered.filter(({ scheme }) => findSerializerScheme(scheme) === undefined),
  ];
  const { steps, problems } = planPipeline(url, known);
  const [problem] = problems;
  if (problem !== undefined) throw urlError(url, problem.kind, problems);
  const made = steps.map(({ scheme, options }) => create(scheme.scheme, options));
  return chainSteps(made) as Serializer<V>;
}

/**
 * Makes a scheme of one's own known to {@link serializerFromUrl}, alone or as one step of several.
 *
 * @throws CachetoryError `INVALID_OPTION` where the scheme is no name or is taken
 *
 * @example
 * ```ts
 * registerSerializer("reversed", { create: () => reversed });
 * serializerFromUrl("json+reversed+zlib");
 * ```
 */
export function registerSerializer(scheme: string, definition: SerializerDefinition): void {
  if (!/^[a-z][a-z0-9.-]*$/.test(scheme)) {
    const hint = "Write small letters, digits, dots and hyphens, a letter first.";
    throw new CachetoryError("INVALID_OPTION", `"${scheme}" is no name for a serializer. ${hint}`);
  }
  if (definitions.has(scheme) || findSerializerScheme(scheme) !== undefined) {
    throw new CachetoryError("INVALID_OPTION", `There is a serializer "${scheme}" already. Choose another name.`);
  }
  definitions.set(scheme, definition);
}

function create(scheme: string, options: ReadonlyMap<string, OptionValue>): Serializer {
  if (findSerializerScheme(scheme)?.isGenerated === true) {
    const hint = "Declare the cache in a cachetory.yaml, or choose another serializer, such as v8.";
    throw new CachetoryError("UNKNOWN_SCHEME", `"${scheme}" is code that the generator writes for a type. ${hint}`);
  }
  const step = definitions.get(scheme)?.create(options);
  if (step === undefined) throw new CachetoryError("UNKNOWN_SCHEME", `The serializer "${scheme}" makes nothing.`);
  return step;
}

/** The variable that a URL names; there is no plan without it. */
function keysOf(options: ReadonlyMap<string, OptionValue>): SealOptions {
  return { keys: String(options.get("keys")) };
}

const codes: Readonly<Record<PipelineProblem["kind"], CachetoryErrorCode>> = {
  url: "INVALID_URL",
  scheme: "UNKNOWN_SCHEME",
  option: "INVALID_OPTION",
};

function urlError(url: string, kind: PipelineProblem["kind"], problems: readonly PipelineProblem[]): CachetoryError {
  const subject = `Serializer "${withoutSecrets(url)}"`;
  if (kind === "option") return invalidOption(subject, problems);
  return new CachetoryError(codes[kind], `${subject}: ${problems.map(sentence).join(" ")}`);
}
