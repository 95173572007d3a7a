import { type Buffer, isAscii } from "node:buffer";
import { asBuffer, newBuffer } from "./fast-buffer.ts";
import {
  beforeEscape,
  closeBrace,
  closeBracket,
  comma,
  endOfString,
  openBrace,
  openBracket,
  quote,
  skipSpace,
} from "./json-bytes.ts";
import { OpenList, OpenObject, Undivided } from "./json-members.ts";

/** To parse so much takes 30 to 150 microseconds. Bytes. */
const usualPieceLength = 32 * 1024;
/** What nests deeper is not divided. */
const maxDepth = 64;
/** A seam is no longer than this. Bytes. */
const maxSeamLength = 64;
/** So often in a row none may be found, or one where no member ends, before they are looked for no more. */
const maxFalseSeams = 3;

/** Where pieces of usual length get what stands around them: V8 would copy their text once more to have it in one. */
let pieceRoom = newBuffer(0);
const pieceRoomLength = 2 * usualPieceLength;

/** What stands around a comma at which a piece has ended, such as `},{"id"`: the same may stand between other members. */
interface Seam {
  readonly bytes: Buffer;
  /** Where the comma is in it. */
  readonly commaAt: number;
}

/** A long string, of which some has been parsed. */
interface LongString {
  readonly key: string;
  nextAt: number;
  value: string;
}

/**
 * Parses JSON in UTF-8 piece by piece, without making text of all of it. `JSON.parse` does the work: all that is done here is to
 * find commas at which a list or an object can be divided. That needs no care, since what parses as the inside of a list or an
 * object begins and ends with whole members; and of what is between such pieces each byte is looked at. So what is made of it is
 * what `JSON.parse` would make, or an error.
 */
export class JsonInPieces {
  readonly #bytes: Buffer;
  readonly #encoding: "latin1" | "utf8";
  readonly #pieceLength: number;
  /** What all is, is its one member. */
  readonly #root = new OpenList("");
  /** The lists and objects that are divided, the outermost first. */
  readonly #open: (OpenList | OpenObject)[] = [this.#root];
  /** Of the innermost of those: where what has not been parsed begins. */
  #from = 0;
  /** Whether a comma is before that, so that a member has to follow. */
  #isAfterComma = false;
  /** Up to where it has been looked through, and how many lists and objects are open there. */
  #at = 0;
  #depth = 0;
  /** By depth, where the last list or object was opened, and the last comma in it; before `#from` where there is none. */
  readonly #openedAt = new Int32Array(maxDepth);
  readonly #commaAt = new Int32Array(maxDepth).fill(-1);
  #seam: Seam | undefined;
  #falseSeams = 0;
  #string: LongString | undefined;

  /** @param pieceLength - of what is parsed at once, in bytes. Default: 32 KiB */
  constructor(bytes: Uint8Array, pieceLength: number = usualPieceLength) {
    this.#bytes = asBuffer(bytes);
    // Node 20 makes text of that in a seventh of the time.
    this.#encoding = isAscii(bytes) ? "latin1" : "utf8";
    this.#pieceLength = pieceLength;
  }

  /** What was made, once all has been parsed. */
  get value(): unknown {
    return this.#root.members[0];
  }

  /**
   * Parses about as much as one piece; whether that was the last one.
   *
   * @throws Error where it is no JSON, or cannot be divided
   */
  advance(): boolean {
    if (this.#string !== undefined) this.#parseString(this.#string);
    else if (this.#seam === undefined || !this.#parseToSeam(this.#seam)) return this.#parseNext();
    return false;
  }

  #parseNext(): boolean {
    switch (this.#look()) {
      case "far":
        this.#parseMembers(false);
        return false;
      case "closed":
        this.#close();
        return false;
      case "end":
        this.#end();
        return true;
      default:
        return false;
    }
  }

  /** Looks further, until there is enough for a piece, or what is divided ends. */
  #look(): "far" | "closed" | "string" | "end" {
    const bytes = this.#bytes;
    const openedAt = this.#openedAt;
    const commaAt = this.#commaAt;
    const level = this.#open.length - 1;
    const limit = Math.min(bytes.length, Math.max(this.#from + this.#pieceLength, this.#at + this.#pieceLength / 8));
    let depth = this.#depth;
    let at = this.#at;
    for (; at < limit; at += 1) {
      const byte = bytes[at];
      if (byte === quote) {
        const end = endOfString(bytes, at + 1, at + this.#pieceLength / 2);
        if (end === -1) {
          this.#at = at;
          this.#depth = depth;
          this.#beginString();
          return "string";
        }
        at = end;
      } else if (byte === comma) {
        if (depth < maxDepth) commaAt[depth] = at;
      } else if (byte === openBrace || byte === openBracket) {
        depth += 1;
        if (depth < maxDepth) {
          openedAt[depth] = at;
          commaAt[depth] = -1;
        }
      } else if (byte === closeBrace || byte === closeBracket) {
        if (depth === level) break;
        depth -= 1;
      }
    }
    this.#at = at;
    this.#depth = depth;
    if (at < limit) return "closed";
    return at >= bytes.length ? "end" : "far";
  }

  /** Parses what is whole before the place up to which it has looked; `all`: even if that is little. */
  #parseMembers(all: boolean): void {
    while (all || this.#at - this.#from >= this.#pieceLength) {
      const level = this.#open.length - 1;
      // There is one for each depth that is divided.
      const commaAt = this.#commaAt[level] as number;
      if (commaAt >= this.#from) {
        this.#parseTo(commaAt);
        if (!all && this.#falseSeams < maxFalseSeams) {
          this.#seam = seamAt(this.#bytes, commaAt);
          return;
        }
      } else if (level < this.#depth && level + 1 < maxDepth) {
        this.#divide(this.#openedAt[level + 1] as number);
      } else return;
    }
  }

  /** Divides a member of what is divided. */
  #divide(openedAt: number): void {
    const key = this.#inner.keyIn(this.#text(this.#from, openedAt));
    this.#open.push(this.#bytes[openedAt] === openBracket ? new OpenList(key) : new OpenObject(key));
    this.#from = openedAt + 1;
    this.#isAfterComma = false;
    this.#seam = undefined;
  }

  /** Without looking through what is before the seam: most lists have members of one kind. */
  #parseToSeam({ bytes, commaAt }: Seam): boolean {
    const found = this.#bytes.subarray(this.#from, this.#from + this.#pieceLength).lastIndexOf(bytes);
    if (found >= this.#pieceLength / 2) {
      try {
        this.#parseTo(this.#from + found + commaAt);
        this.#at = this.#from;
        this.#depth = this.#open.length - 1;
        this.#falseSeams = 0;
        return true;
      } catch {
        // What is before it is not whole.
      }
    }
    this.#seam = undefined;
    this.#falseSeams += 1;
    return false;
  }

  #parseTo(commaAt: number): void {
    if (this.#isBlank(commaAt)) throw new Undivided();
    this.#addMembers(commaAt);
    this.#from = commaAt + 1;
    this.#isAfterComma = true;
  }

  /** What is divided has ended. */
  #close(): void {
    const inner = this.#inner;
    const around = this.#open[this.#open.length - 2];
    if (around === undefined || this.#bytes[this.#at] !== inner.closer) throw new Undivided();
    this.#parseRest();
    this.#open.pop();
    this.#depth -= 1;
    this.#seam = undefined;
    around.put(inner.key, inner.members);
    this.#goOn(this.#at + 1);
  }

  #beginString(): void {
    this.#parseMembers(true);
    // It has a key, or is one itself.
    const key = this.#inner.keyIn(this.#text(this.#from, this.#at));
    this.#string = { key, nextAt: this.#at + 1, value: "" };
  }

  #parseString(string: LongString): void {
    const from = string.nextAt;
    const last = endOfString(this.#bytes, from, from + this.#pieceLength);
    const end = last === -1 ? beforeEscape(this.#bytes, from, from + this.#pieceLength) : last;
    if (end === -1) throw new Undivided();
    // Not joined at once, which would copy all of it.
    string.value += JSON.parse(this.#enclose(quote, from, end, quote));
    string.nextAt = end;
    if (last === -1) return;
    this.#string = undefined;
    this.#inner.put(string.key, string.value);
    this.#goOn(end + 1);
  }

  /** Behind a member. */
  #goOn(memberEnd: number): void {
    const bytes = this.#bytes;
    let at = skipSpace(bytes, memberEnd, bytes.length);
    const byte = bytes[at];
    this.#isAfterComma = byte === comma;
    if (this.#isAfterComma) at += 1;
    else if (byte !== closeBrace && byte !== closeBracket && at < bytes.length) throw new Undivided();
    this.#from = at;
    this.#at = at;
  }

  #end(): void {
    this.#parseRest();
    if (this.#open.length > 1 || this.#root.members.length !== 1) throw new Undivided();
  }

  /** Of what ends here. */
  #parseRest(): void {
    if (!this.#isBlank(this.#at)) this.#addMembers(this.#at);
    else if (this.#isAfterComma) throw new Undivided();
  }

  #addMembers(end: number): void {
    const { opener, closer } = this.#inner;
    this.#inner.add(this.#enclose(opener, this.#from, end, closer));
  }

  /** Whether nothing is left before this place. */
  #isBlank(end: number): boolean {
    return skipSpace(this.#bytes, this.#from, end) === end;
  }

  #enclose(opener: number, from: number, end: number, closer: number): string {
    const length = end - from;
    const enclosed = roomFor(length + 2);
    enclosed[0] = opener;
    this.#bytes.copy(enclosed, 1, from, end);
    enclosed[length + 1] = closer;
    return enclosed.toString(this.#encoding, 0, length + 2);
  }

  #text(from: number, end: number): string {
    return this.#bytes.toString(this.#encoding, from, end);
  }

  get #inner(): OpenList | OpenObject {
    // The first one is never closed.
    return this.#open[this.#open.length - 1] as OpenList | OpenObject;
  }
}

/** Until the next piece asks for it. */
function roomFor(length: number): Buffer {
  if (length > pieceRoomLength) return newBuffer(length);
  if (pieceRoom.length === 0) pieceRoom = newBuffer(pieceRoomLength);
  return pieceRoom;
}

function seamAt(bytes: Buffer, commaAt: number): Seam {
  const isAfterEnd = [closeBrace, closeBracket, quote].includes(bytes[commaAt - 1] ?? 0);
  const start = isAfterEnd ? commaAt - 1 : commaAt;
  const limit = commaAt + maxSeamLength;
  let end = skipSpace(bytes, commaAt + 1, limit);
  const opener = bytes[end];
  if (opener === openBrace || opener === openBracket || opener === quote) end += 1;
  if (opener === openBrace) {
    const keyAt = skipSpace(bytes, end, limit);
    const keyEnd = bytes.subarray(0, limit).indexOf(quote, keyAt + 1);
    if (bytes[keyAt] === quote && keyEnd !== -1) end = keyEnd + 1;
  }
  return { bytes: bytes.subarray(start, end), commaAt: commaAt - start };
}
