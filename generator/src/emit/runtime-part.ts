import type * as steps from "@cachetory/runtime/codegen/v1/steps";
import type * as typed from "@cachetory/runtime/codegen/v1/typed";

/** A part of what generated code stands on, each a module of its own: a program loads those that its caches need. */
export type RuntimePart = "core" | "steps" | "typed";

/** What is in another part than the core, by its name. */
const parts: Readonly<Record<string, RuntimePart>> = {
  ...inPart<keyof typeof steps>("steps", {
    aesGcm: true,
    brotli: true,
    chain: true,
    gzip: true,
    hmac: true,
    msgpack: true,
    offload: true,
    pickle: true,
    v8: true,
    zlib: true,
    zstd: true,
  }),
  ...inPart<keyof typeof typed | "Input" | "Output" | "TypedCodec">("typed", {
    Input: true,
    Output: true,
    TypedCodec: true,
    builtinOfText: true,
    builtinText: true,
    fitsOf: true,
    joinNames: true,
    newRecord: true,
    readBigint: true,
    readBuffer: true,
    readCount: true,
    readDate: true,
    readIntegers: true,
    readLength: true,
    readNames: true,
    readNumber: true,
    readNumbers: true,
    setOwn: true,
    typed: true,
    unreadable: true,
    valuesOf: true,
    writeBigint: true,
    writeBytes: true,
    writeDate: true,
    writeIntegers: true,
    writeLength: true,
    writeNames: true,
    writeNumber: true,
    writeNumbers: true,
  }),
};

/** In which part something is. */
export function runtimePartOf(name: string): RuntimePart {
  return parts[name] ?? "core";
}

/** By a record, so that the compiler finds what is missing as well as what is not there. */
function inPart<Name extends string>(
  part: RuntimePart,
  names: Readonly<Record<Name, true>>,
): Readonly<Record<string, RuntimePart>> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, part]));
}
