import type { FastBuffer } from "../serializers/fast-buffer.ts";

/** Where what comes in stays until others come. */
export interface Keeper {
  /** To be called where somebody has views of what came in last. */
  keep(): void;
}

/**
 * Makes what the caller wants of a string of a reply, which is there between these places. Throws where it is too long for that. What
 * is a Buffer afterwards it gives back as it is, where it is read again.
 */
export type ReadString = (bytes: FastBuffer, start: number, end: number) => unknown;

/** A command that waits for its reply. */
export interface AskedCommand {
  /** Absent where the client reads the reply. */
  readonly readString?: ReadString | undefined;
  /** Takes the reply; where there is a `readString`, with what that has made of its strings. */
  resolve(reply: unknown): void;
  reject(cause: unknown): void;
}

/** What a client has sent and not been answered, in order. */
export interface CommandQueue {
  peekFront(): { readonly command: AskedCommand } | undefined;
  shift(): unknown;
}

/** Takes in what a connection brings, piece by piece. */
export type ChunkListener = (chunk: FastBuffer) => void;

/** How a part of a reply begins. Source: the specification of RESP, version 3. */
const Mark = {
  text: 0x2b,
  error: 0x2d,
  integer: 0x3a,
  null: 0x5f,
  boolean: 0x23,
  double: 0x2c,
  bigNumber: 0x28,
  string: 0x24,
  longError: 0x21,
  verbatim: 0x3d,
  array: 0x2a,
  set: 0x7e,
  push: 0x3e,
  map: 0x25,
  attributes: 0x7c,
} as const;

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const plus = 0x2b;
const minus = 0x2d;
const zero = 0x30;
const lineEndLength = 2;

const noBytes = Buffer.alloc(0) as FastBuffer;

/** So much room is made for what is only said to come; or, of what is longer, as much as has come. Bytes. */
const maxPromised = 1024 * 1024;

/** So many bytes are missing of a line. */
const untilLineEnd = Number.POSITIVE_INFINITY;

/**
 * Reads what one connection brings. A reply is a part; a part is a line, which may say how many bytes of a string follow, or how many
 * more parts.
 */
export class ReplyReader {
  readonly #queue: CommandQueue;
  readonly #client: ChunkListener;
  readonly #keeper: Keeper | undefined;
  /** Whose reply is being read; `undefined` where that is left to the client. */
  #command: AskedCommand | undefined;
  /** Of an array that is being read. */
  #items: unknown[] | undefined;
  /** The same of any other reply. */
  #value: unknown;
  /** Why the reply is not what was asked for, first of all. */
  #failure: unknown;
  /** How many parts of the reply are still to come. */
  #partsLeft = 0;
  /** How many bytes of a string that is left to the client are still to come. */
  #bytesLeft = 0;
  /** A part that has not come in whole, in memory of its own; how many bytes of it are there, and how many are missing. */
  #part = noBytes;
  #partLength = 0;
  #missing = 0;
  /** Whether that part is being read. */
  #isJoined = false;
  /** What the last line began with, and the number in it: `NaN` where something else is there. */
  #mark = 0;
  #number = 0;
  #isLost = false;

  /**
   * @param queue - of the connection
   * @param client - takes what is not read here
   * @param keeper - of what comes in. Default: what comes in is there for ever
   */
  constructor(queue: CommandQueue, client: ChunkListener, keeper?: Keeper) {
    this.#queue = queue;
    this.#client = client;
    this.#keeper = keeper;
  }

  take(chunk: FastBuffer): void {
    let at = 0;
    while (this.#missing > 0) {
      const end = at + this.#comesIn(chunk, at);
      this.#append(chunk, at, end);
      if (this.#missing > 0) return;
      at = end;
      const bytes = piece(this.#part, 0, this.#partLength);
      this.#part = noBytes;
      this.#partLength = 0;
      this.#isJoined = true;
      this.#read(bytes);
      this.#isJoined = false;
    }
    this.#read(piece(chunk, at, chunk.length));
  }

  /** Keeps more of a part, with room for what is said to be missing. */
  #append(bytes: FastBuffer, start: number, end: number): void {
    const length = this.#partLength + end - start;
    if (length > this.#part.length) {
      const missing = this.#missing === untilLineEnd ? 0 : this.#missing;
      const larger = Buffer.allocUnsafe(length + Math.min(missing, Math.max(length, maxPromised))) as FastBuffer;
      this.#part.copy(larger, 0, 0, this.#partLength);
      this.#part = larger;
    }
    bytes.copy(this.#part, this.#partLength, start, end);
    this.#partLength = length;
  }

  /** How much of what was missing is there from then on. */
  #comesIn(chunk: FastBuffer, at: number): number {
    if (this.#missing === untilLineEnd) {
      const end = chunk.indexOf(lineFeed, at);
      if (end === -1) return chunk.length - at;
      this.#missing = 0;
      return end + 1 - at;
    }
    const length = Math.min(this.#missing, chunk.length - at);
    this.#missing -= length;
    return length;
  }

  #read(bytes: FastBuffer): void {
    let at = 0;
    /** What comes before has been read, or given to the client. */
    let done = 0;
    while (at < bytes.length && this.#missing === 0 && !this.#isLost) {
      if (this.#partsLeft === 0 && this.#bytesLeft === 0) {
        this.#partsLeft = 1;
        if (isReadable(bytes[at] as number)) {
          // Who waits for it is known when those before have been answered.
          this.#pass(bytes, done, at);
          done = at;
          const command = this.#queue.peekFront()?.command;
          this.#command = command?.readString === undefined ? undefined : command;
        }
      }
      if (this.#command === undefined) {
        at = this.#skip(bytes, at);
      } else {
        at = this.#readReply(bytes, at, this.#command);
        done = at;
      }
    }
    // The client complains of what is no reply.
    if (this.#isLost) at = bytes.length;
    this.#pass(bytes, done, at);
    if (this.#missing > 0) this.#append(bytes, at, bytes.length);
  }

  #pass(bytes: FastBuffer, start: number, end: number): void {
    if (start < end) this.#client(piece(bytes, start, end));
  }

  /** Goes past a part that is left to the client, or past what there is of it. */
  #skip(bytes: FastBuffer, start: number): number {
    let at = start;
    if (this.#bytesLeft === 0) {
      at = this.#readLine(bytes, start);
      if (at === start) return at;
      this.#expectMore();
      if (this.#isLost) return start;
      if (isString(this.#mark) && this.#number >= 0) this.#bytesLeft = this.#number + lineEndLength;
    }
    const skipped = Math.min(this.#bytesLeft, bytes.length - at);
    this.#bytesLeft -= skipped;
    return at + skipped;
  }

  /** Goes to the end of a reply, or to the first part of it that has not come in whole. */
  #readReply(bytes: FastBuffer, start: number, command: AskedCommand): number {
    // No other command is read here.
    const readString = command.readString as ReadString;
    let at = start;
    while (this.#partsLeft > 0) {
      // Nothing of the next part has come in, so nothing of it has to be kept.
      if (at === bytes.length) return at;
      const next = this.#readPart(bytes, at, readString);
      if (next === at) return at;
      at = next;
    }
    const [reply, failure] = [this.#items ?? this.#value, this.#failure];
    this.#items = undefined;
    this.#value = undefined;
    this.#failure = undefined;
    this.#command = undefined;
    this.#queue.shift();
    settle(command, reply, failure);
    return at;
  }

  /** Gives where the part ends, or where it begins as long as it has not come in whole. */
  #readPart(bytes: FastBuffer, start: number, readString: ReadString): number {
    const lineEnd = this.#readLine(bytes, start);
    if (lineEnd === start) return start;
    if (isString(this.#mark) && this.#number >= 0) {
      const stringEnd = lineEnd + this.#number;
      const end = stringEnd + lineEndLength;
      if (end > bytes.length) {
        this.#missing = end - bytes.length;
        return start;
      }
      this.#take(this.#string(bytes, lineEnd, stringEnd, readString));
      return end;
    }
    if (this.#mark === Mark.array && this.#number >= 0 && this.#items === undefined) {
      this.#items = [];
      this.#partsLeft = this.#number;
    } else if (this.#mark === Mark.text) {
      this.#take(this.#string(bytes, start + 1, lineEnd - lineEndLength, readString));
    } else if (this.#mark === Mark.error) {
      // Where whoever stands between has asked several servers.
      this.#failure ??= new Error(bytes.utf8Slice(start + 1, lineEnd - lineEndLength));
      this.#take(null);
    } else if (this.#mark === Mark.null || this.#number < 0) {
      this.#take(null);
    } else {
      this.#failure ??= ofAnotherKind();
      this.#expectMore();
      if (this.#isLost) return start;
    }
    return lineEnd;
  }

  #string(bytes: FastBuffer, start: number, end: number, readString: ReadString): unknown {
    try {
      const read = readString(bytes, start, end);
      if (typeof read === "object" && !this.#isJoined) this.#keeper?.keep();
      return read;
    } catch (cause) {
      this.#failure ??= cause;
      return null;
    }
  }

  #take(value: unknown): void {
    this.#partsLeft -= 1;
    if (this.#items === undefined) this.#value = value;
    else this.#items.push(value);
  }

  /** Counts what the last line says that comes after it. */
  #expectMore(): void {
    const following = partsAfter(this.#mark, this.#number);
    this.#isLost = Number.isNaN(following);
    this.#partsLeft += following - 1;
  }

  /** Gives where the line ends, or where it begins as long as its end has not come in. */
  #readLine(bytes: FastBuffer, start: number): number {
    let number = 0;
    let sign = 1;
    for (let at = start + 1; at < bytes.length; at++) {
      const byte = bytes[at] as number;
      if (byte === lineFeed) {
        this.#mark = bytes[start] as number;
        this.#number = sign * number;
        return at + 1;
      }
      const digit = byte - zero;
      if (digit >= 0 && digit <= 9) number = number * 10 + digit;
      else if (byte === minus && at === start + 1) sign = -1;
      else if (byte !== carriageReturn && byte !== plus) number = Number.NaN;
    }
    this.#missing = untilLineEnd;
    return start;
  }
}

export function ofAnotherKind(): TypeError {
  return new TypeError("the reply is of another kind than what was asked for");
}

/** Whether a reply that begins so may be one to a command that is read here; errors are the client's. */
function isReadable(mark: number): boolean {
  switch (mark) {
    case Mark.string:
    case Mark.array:
    case Mark.text:
    case Mark.null:
      return true;
    default:
      return false;
  }
}

function isString(mark: number): boolean {
  return mark === Mark.string || mark === Mark.verbatim || mark === Mark.longError;
}

/** How many more parts follow on a line; `NaN` where there is no such line. */
function partsAfter(mark: number, number: number): number {
  const count = Math.max(0, number);
  switch (mark) {
    case Mark.array:
    case Mark.set:
    case Mark.push:
      return count;
    case Mark.map:
      return 2 * count;
    case Mark.attributes:
      // What they belong to follows as well.
      return 2 * count + 1;
    case Mark.string:
    case Mark.verbatim:
    case Mark.longError:
      return 0 * count;
    case Mark.text:
    case Mark.error:
    case Mark.integer:
    case Mark.null:
    case Mark.boolean:
    case Mark.double:
    case Mark.bigNumber:
      return 0;
    default:
      return Number.NaN;
  }
}

function piece(bytes: FastBuffer, start: number, end: number): FastBuffer {
  return start === 0 && end === bytes.length ? bytes : (bytes.subarray(start, end) as FastBuffer);
}

/** What others have put around it, such as a tracer, may throw: those after it are answered all the same. */
function settle(command: AskedCommand, reply: unknown, failure: unknown): void {
  try {
    if (failure === undefined) command.resolve(reply);
    else command.reject(failure);
  } catch (cause) {
    process.nextTick(() => {
      throw cause;
    });
  }
}
