import { takeRoom } from "./command-memory.ts";
import type { BufferLike } from "./redis-commands.ts";
import { TimeLeft } from "./time-left.ts";

/** Bytes only as Buffers: ioredis prints any other. */
export type CommandArgument = string | number | BufferLike | TimeLeft | SharedText;

/** Text that stands in several commands: what they send of it is put together once. */
export class SharedText {
  readonly bulk: string;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    this.bulk = bulkOf(text);
  }

  /** For those who look into the arguments of a command, such as a tracer. */
  toString(): string {
    return this.#text;
  }
}

/**
 * A command as RESP has it: an array of bulk strings, as one text, which goes out as UTF-8, or as bytes where an argument
 * is of bytes. Those are the caller's until he returns their room.
 */
export function encodeCommand(name: string, args: readonly CommandArgument[]): string | Buffer {
  let text = `*${args.length + 1}\r\n${bulk(name)}`;
  let at = 0;
  for (const arg of args) {
    if (isBytes(arg)) return withBytes(text, args, at);
    text += bulk(arg);
    at += 1;
  }
  return text;
}

/** One piece of memory that is filled: for ioredis does it piece by piece, and that is what makes Buffers slow there. */
function withBytes(head: string, args: readonly CommandArgument[], from: number): Buffer {
  const parts: (string | BufferLike)[] = [];
  let text = head;
  let size = 0;
  for (const arg of args.slice(from)) {
    if (!isBytes(arg)) {
      text += bulk(arg);
      continue;
    }
    text += `$${arg.length}\r\n`;
    parts.push(text, arg);
    size += Buffer.byteLength(text) + arg.length;
    text = "\r\n";
  }
  parts.push(text);
  const bytes = takeRoom(size + Buffer.byteLength(text));
  let at = 0;
  for (const part of parts) {
    if (typeof part === "string") at += bytes.write(part, at);
    else {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return bytes;
}

function isBytes(arg: CommandArgument): arg is BufferLike {
  return typeof arg === "object" && !(arg instanceof SharedText) && !(arg instanceof TimeLeft);
}

function bulk(arg: string | number | TimeLeft | SharedText): string {
  if (typeof arg === "string") return bulkOf(arg);
  return arg instanceof SharedText ? arg.bulk : bulkOf(`${arg}`);
}

function bulkOf(text: string): string {
  return `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
}

/** What is stored as an argument: ioredis takes a Buffer for bytes, and prints any other Uint8Array as text. */
export function argument(stored: unknown): string | Buffer {
  if (typeof stored === "string") return stored;
  const bytes = stored as Uint8Array;
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
