import { types } from "node:util";
import { CachetoryError } from "../errors.ts";
import type { BytesSerializer } from "../serializers/serializer.ts";
import { type Misfit, misfitText } from "../validation/misfit.ts";
import { type Input, unreadable } from "./input.ts";
import type { Output } from "./output.ts";

/** What the generator emits for a type. */
export interface TypedCodec<V> {
  /** Six hexadecimal digits, made of the type and of how it is laid out: entries of another one are refused. */
  readonly fingerprint: string;
  /** Writes a value, or answers the first place where it does not fit its type. */
  readonly encode: (value: unknown, output: Output) => Misfit | undefined;
  /** Reads a value. What is no value of the type ends in {@link unreadable}, or in bytes or text that are not used up. */
  readonly decode: (input: Input) => V;
}

/** The format and its version: a byte that begins no text in UTF-8, no pickle, and nothing that msgpack knows. */
const firstByte = 0xc1;
const headerLength = 4;

/** Values of at most so many bytes are views of a slab that they share; larger ones have a buffer of their own. */
const maxShared = 0x4000;
const slabLength = 0x1_0000;
/** Of one trailer: the length of the first section, thrice doubled for the form of the text. */
const maxTrailer = 8;

/** How the text is written. */
const TextForm = { latin1: 0, utf8: 1, utf16: 2 } as const;

/** What Node's buffers have beside their documented methods, all of which check more than is needed here. */
interface FastBuffer extends Buffer {
  utf8Write(text: string, offset: number): number;
  latin1Write(text: string, offset: number): number;
  ucs2Write(text: string, offset: number): number;
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
  ucs2Slice(start: number, end: number): string;
}

/** Made when first written to: importing takes no room. */
let slab = newBuffer(0);
let slabUsed = slabLength;
/** Never handed out. */
let scratch = slab;
/** A larger one is not kept. */
const maxScratch = 0x40_0000;

function newBuffer(length: number): FastBuffer {
  return Buffer.allocUnsafeSlow(length) as FastBuffer;
}

/** A Buffer as far as anybody can tell: to make a real one takes three times as long. */
class View extends Uint8Array {}
Object.setPrototypeOf(View.prototype, Buffer.prototype);
Object.defineProperty(View.prototype, "constructor", { value: Buffer });

/**
 * The serializer of one type: code that the generator has written for it, with which only its own entries can be read. It
 * carries all that the type allows, exactly, and refuses the rest (`INVALID_VALUE`, with the path); what it reads is of the
 * type (`UNREADABLE` otherwise). Names that the type does not know are not kept.
 *
 * Small entries are views of a buffer of 64 KB that they share: who keeps one keeps that. Strings of a value are parts of one
 * string: who keeps one of more than 12 characters keeps all text of its value.
 */
export function typed<V>({ fingerprint, encode, decode }: TypedCodec<V>): BytesSerializer<V> {
  const header = Uint8Array.from([firstByte, ...Buffer.from(fingerprint, "hex")]);
  const [, first = 0, second = 0, third = 0] = header;
  const output: Output = { bytes: slab, position: 0, text: "" };
  /** Of the last value: what was large is mostly large again. */
  let lastLength = 0;

  /** Writes the value from `start` on, if `bytes` has room for it; its end, or what it would have been. */
  function write(value: V, bytes: FastBuffer, start: number): number {
    bytes[start] = firstByte;
    bytes[start + 1] = first;
    bytes[start + 2] = second;
    bytes[start + 3] = third;
    output.bytes = bytes;
    output.position = start + headerLength;
    output.text = "";
    const misfit = encode(value, output);
    const { position, text } = output;
    output.text = "";
    if (misfit !== undefined)
      throw new CachetoryError("INVALID_VALUE", `The value does not fit its type at ${misfitText(misfit)}.`);
    const most = position + text.length * 3 + maxTrailer;
    return most > bytes.length ? most : writeText(bytes, position, text, position - start);
  }

  return {
    name: "typed",
    in: "value",
    out: "bytes",
    serialize: (value) => {
      try {
        if (lastLength <= maxShared) {
          if (slabUsed + maxShared > slabLength) {
            slab = newBuffer(slabLength);
            slabUsed = 0;
          }
          const start = slabUsed;
          const end = write(value, slab, start);
          lastLength = end - start;
          if (end <= slabLength) {
            slabUsed = end;
            return new View(slab.buffer as ArrayBuffer, start, end - start);
          }
        }
        let buffer = scratch;
        let end = write(value, buffer, 0);
        if (end > buffer.length) {
          buffer = newBuffer(Math.max(end, slabLength));
          end = write(value, buffer, 0);
          if (end <= maxScratch) scratch = buffer;
        }
        lastLength = end;
        return Buffer.from(buffer.subarray(0, end));
      } catch (cause) {
        if (cause instanceof RangeError) {
          throw new CachetoryError("INVALID_VALUE", "The value nests too deep, or holds itself.", { cause });
        }
        throw cause;
      }
    },
    deserialize: (stored) => {
      if (!types.isUint8Array(stored)) throw new CachetoryError("UNREADABLE", "The entry is not bytes.");
      try {
        const input = openEntry(stored, header);
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

/** Writes the text and, behind it, where it begins; the end of all. */
function writeText(bytes: FastBuffer, position: number, text: string, before: number): number {
  let end = position;
  let form: number = TextForm.latin1;
  if (text !== "") {
    end += bytes.utf8Write(text, position);
    // Where there is a byte for each character they are ASCII, which is latin1 too, and that is read faster.
    if (end - position !== text.length) {
      if (!beyondLatin1.test(text)) end = position + bytes.latin1Write(text, position);
      else if (end - position <= text.length * 1.2 && isWellFormed(text)) form = TextForm.utf8;
      else {
        end = position + bytes.ucs2Write(text, position);
        form = TextForm.utf16;
      }
    }
  }
  return writeTrailer(bytes, end, (before - headerLength) * 4 + form);
}

/** Read from the last byte on, so the low digits stand last. */
function writeTrailer(bytes: Uint8Array, position: number, trailer: number): number {
  if (trailer < 0x80) {
    bytes[position] = trailer;
    return position + 1;
  }
  const end = writeTrailer(bytes, position, Math.floor(trailer / 0x80));
  // The digit before goes on.
  bytes[end] = (trailer % 0x80) | 0x80;
  return end + 1;
}

/** Whether no half of a pair stands alone, which UTF-8 could not say. */
function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}

const beyondLatin1 = /[^\0-\xff]/;

function openEntry(stored: Uint8Array, header: Uint8Array): Input {
  const bytes = (
    Buffer.isBuffer(stored) ? stored : Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength)
  ) as FastBuffer;
  if (bytes.length <= headerLength || bytes[0] !== header[0]) {
    throw new CachetoryError("UNREADABLE", "The entry is none of this version of typed.");
  }
  if (bytes[1] !== header[1] || bytes[2] !== header[2] || bytes[3] !== header[3]) {
    throw new CachetoryError("UNREADABLE", "The entry is of another type, or of another layout.");
  }
  let at = bytes.length - 1;
  let byte = bytes[at] as number;
  let trailer = byte & 0x7f;
  for (let factor = 0x80; byte > 0x7f; factor *= 0x80) {
    at -= 1;
    if (at < headerLength || factor > 2 ** 42) unreadable();
    byte = bytes[at] as number;
    trailer += (byte & 0x7f) * factor;
  }
  const form = trailer % 4;
  const end = headerLength + (trailer - form) / 4;
  if (end > at) unreadable();
  return { bytes, end, position: headerLength, text: readText(bytes, end, at, form), cursor: 0 };
}

function readText(bytes: FastBuffer, start: number, end: number, form: number): string {
  if (start === end) return "";
  switch (form) {
    case TextForm.latin1:
      return bytes.latin1Slice(start, end);
    case TextForm.utf8:
      return bytes.utf8Slice(start, end);
    case TextForm.utf16:
      return (end - start) % 2 === 0 ? bytes.ucs2Slice(start, end) : unreadable();
    default:
      return unreadable();
  }
}
