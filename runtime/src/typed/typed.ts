import { isUint8Array } from "node:util/types";
import { checkedOptions } from "../checked-options.ts";
import { CachetoryError } from "../errors.ts";
import { messageOf } from "../message-of.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import { BufferView, type FastBuffer, newBuffer } from "../serializers/fast-buffer.ts";
import type { BytesSerializer } from "../serializers/serializer.ts";
import { type Misfit, misfitText } from "../validation/misfit.ts";
import { firstByte, headerLength, maxTrailer, openEntry, writeTrailer } from "./entry-frame.ts";
import { type Input, unreadable } from "./input.ts";
import { putNumbersAside } from "./number-list-writer.ts";
import type { Output } from "./output.ts";
import type { TypedLayout } from "./text-form.ts";
import { readDetachedText, readText } from "./text-reader.ts";
import { TextWriter } from "./text-writer.ts";

/** What the generator emits for a type. */
export interface TypedCodec<V> {
  /** Six hexadecimal digits, made of the type and of how it is laid out: entries of another one are refused. */
  readonly fingerprint: string;
  /** Writes a value, or answers the first place where it does not fit its type. */
  readonly encode: (value: unknown, output: Output) => Misfit | undefined;
  /** Reads a value. What is no value of the type ends in {@link unreadable}, or in bytes or text that are not used up. */
  readonly decode: (input: Input) => V;
}

/** Values of at most so many bytes are views of a slab that they share; larger ones have a buffer of their own. */
const maxShared = 0x4000;
/** Values of one type differ in length, but mostly not by more. */
const maxLonger = 0x1000;
const slabLength = 0x1_0000;

/** Made when first written to: importing takes no room. */
let slab = newBuffer(0);
/** Of the slab: to ask it for that takes a call each time. */
let slabMemory = slab.buffer as ArrayBuffer;
let slabUsed = slabLength;
/** Never handed out. */
let scratch = slab;
/** Whether a value is being written: a getter of it may have another one written meanwhile. */
let isWriting = false;
/** A larger one is not kept. */
const maxScratch = 0x40_0000;

/** Options of {@link typed}. */
export interface TypedOptions {
  /**
   * `compact` packs UUIDs in lower case and moments as `toISOString` writes them wherever they are in the text of a value, and
   * takes the shortest form for the rest: smaller, and less than half as fast. Entries of both are read alike. Default `fast`.
   */
  readonly layout?: TypedLayout | undefined;
  /**
   * Whether strings that are read keep nothing but themselves in memory. Reading takes up to four times as long. Default
   * `false`: all text of a value is one string, or much text some of 32 KiB, and those of more than 12 characters are parts of it.
   */
  readonly detach?: boolean | undefined;
}

/**
 * The serializer of one type: code that the generator has written for it, with which only its own entries can be read. It
 * carries all that the type allows, exactly, and refuses the rest (`INVALID_VALUE`, with the path); what it reads is of the
 * type (`UNREADABLE` otherwise). Names that the type does not know are not kept.
 *
 * Small entries are views of a buffer of 64 KB that they share: who keeps one keeps that. Strings of a value are parts of one
 * string: who keeps one of more than 12 characters keeps all text of its value, of 128 KiB or more some 32 KiB, unless `detach` is on.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function typed<V>(codec: TypedCodec<V>, options: TypedOptions = {}): BytesSerializer<V> {
  const { fingerprint, encode, decode } = codec;
  const specs = findSerializerScheme("typed")?.options ?? {};
  const { layout, detach } = checkedOptions<TypedOptions>("typed", specs, options);
  const textWriter = new TextWriter(layout);
  const textReader = detach ? readDetachedText : readText;
  const header = Uint8Array.from([firstByte, ...Buffer.from(fingerprint, "hex")]);
  const [, first = 0, second = 0, third = 0] = header;
  const output: Output = { bytes: slab, position: 0, text: "", fits: undefined };
  /** Of the last entry, for what was large is mostly large again. */
  let lastLength = 0;

  /** Writes the value without its text, which is left in `output`; where it ends, or would end if `bytes` had room for it. */
  function writeParts(value: V, bytes: FastBuffer, start: number): number {
    bytes[start] = firstByte;
    bytes[start + 1] = first;
    bytes[start + 2] = second;
    bytes[start + 3] = third;
    output.bytes = bytes;
    output.position = start + headerLength;
    output.text = "";
    const misfit = encode(value, output);
    output.fits = undefined;
    if (misfit !== undefined) throw misfitError(misfit);
    return output.position;
  }

  /** Writes the text behind the parts; where the entry ends, or nothing where `bytes` has not the room. */
  function writeText(text: string, bytes: FastBuffer, position: number, start: number): number | undefined {
    // What is not what was expected is written anew.
    const end = textWriter.write(bytes, position, text) ?? textWriter.write(bytes, position, text);
    if (end === undefined) return undefined;
    return writeTrailer(bytes, end, position - start - headerLength, textWriter.form);
  }

  /** As a view of the slab; nothing where it has not the room. */
  function writeShared(value: V): Buffer | undefined {
    // Not in a function of its own, with which a small entry takes a tenth more.
    if (slabUsed + lastLength + maxLonger > slabLength) {
      slab = newBuffer(slabLength);
      slabMemory = slab.buffer as ArrayBuffer;
      slabUsed = 0;
    }
    const start = slabUsed;
    const position = writeParts(value, slab, start);
    const end = writeText(output.text, slab, position, start);
    if (end === undefined) return undefined;
    slabUsed = end;
    return new BufferView(slabMemory, start, end - start) as Buffer;
  }

  function writeAlone(value: V): Buffer {
    let position = writeParts(value, scratch, 0);
    if (position <= scratch.length) return withText(scratch, position);
    const larger = newBuffer(Math.max(position, slabLength));
    position = writeParts(value, larger, 0);
    if (position <= maxScratch) scratch = larger;
    return withText(larger, position);
  }

  /** A buffer of its own with these parts and the text. */
  function withText(parts: FastBuffer, position: number): Buffer {
    const buffer = newBuffer(position + textWriter.roomFor(output.text));
    buffer.set(parts.subarray(0, position));
    const end = writeText(output.text, buffer, position, 0);
    if (end === undefined) return withText(parts, position);
    const entry = buffer.subarray(0, end);
    // Room for other text than there was is not kept with it.
    return buffer.length - end > maxTrailer ? Buffer.from(entry) : entry;
  }

  function writeApart(value: V): Buffer {
    return inOwnMemory(() => typed(codec, options).serialize(value) as Buffer);
  }

  return {
    name: "typed",
    in: "value",
    out: "bytes",
    serialize: (value) => {
      if (isWriting) return writeApart(value);
      isWriting = true;
      try {
        const stored = (lastLength <= maxShared ? writeShared(value) : undefined) ?? writeAlone(value);
        lastLength = stored.length;
        output.text = "";
        isWriting = false;
        return stored;
      } catch (cause) {
        // Not in a finally, which takes a small entry a tenth of its time.
        output.text = "";
        output.fits = undefined;
        isWriting = false;
        throw refusalOf(cause);
      }
    },
    deserialize: (stored) => {
      if (!isUint8Array(stored)) throw new CachetoryError("UNREADABLE", "The entry is not bytes.");
      try {
        const input = openEntry(stored, header, textReader);
        const value = decode(input);
        if (input.position !== input.end || input.cursor !== input.text.length) unreadable();
        return value;
      } catch (cause) {
        if (cause instanceof RangeError)
          throw new CachetoryError("UNREADABLE", "The entry is damaged, or nests too deep.", { cause });
        throw cause;
      }
    },
  };
}

/** Leaves alone what the value that is being written has come to. */
function inOwnMemory<T>(write: () => T): T {
  const before = [slab, slabMemory, slabUsed, scratch] as const;
  const putNumbersBack = putNumbersAside();
  slab = newBuffer(0);
  slabUsed = slabLength;
  scratch = slab;
  isWriting = false;
  try {
    return write();
  } finally {
    [slab, slabMemory, slabUsed, scratch] = before;
    putNumbersBack();
    isWriting = true;
  }
}

function misfitError(misfit: Misfit): CachetoryError {
  return new CachetoryError("INVALID_VALUE", `The value does not fit its type at ${misfitText(misfit)}.`);
}

function refusalOf(cause: unknown): CachetoryError {
  if (cause instanceof CachetoryError) return cause;
  if (cause instanceof RangeError) {
    return new CachetoryError("INVALID_VALUE", "The value nests too deep, or holds itself.", { cause });
  }
  // A property of the value throws when it is read.
  return new CachetoryError("INVALID_VALUE", `The value cannot be read. ${messageOf(cause)}`, { cause });
}
