/**
 * Whether V8 takes room for many more places of arrays than the bytes can fill: it believes the length that an array says of
 * itself, and ten bytes make it take 256 MB, again and again. What it writes itself has more bytes than places, but for arrays
 * that are nearly empty.
 */
export function claimsTooMuch(bytes: Uint8Array): boolean {
  const most = 1024 * 1024 + 16 * bytes.length;
  // Nearly always this is enough: whatever could be the head of an array, also in text.
  if (claimedAnywhere(bytes, most) <= most) return false;
  const claimed = new Walker(bytes).claimed(most);
  return claimed === undefined || claimed > most;
}

const denseArray = 0x41;
const sparseArray = 0x61;

function claimedAnywhere(bytes: Uint8Array, most: number): number {
  let claimed = 0;
  for (const tag of [denseArray, sparseArray]) {
    for (let at = bytes.indexOf(tag); at !== -1 && claimed <= most; at = bytes.indexOf(tag, at + 1)) {
      claimed += new Walker(bytes, at + 1).number();
    }
  }
  return claimed;
}

/** Passes values one after the other, as they stand in the bytes: what begins and ends an object is a value like others. */
class Walker {
  readonly #bytes: Uint8Array;
  #at: number;

  /** @param at - by default behind the version, which is two bytes */
  constructor(bytes: Uint8Array, at = 2) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** The lengths of all arrays; `undefined` where there is something else than is known here. */
  claimed(most: number): number | undefined {
    let claimed = 0;
    while (this.#at < this.#bytes.length && claimed <= most) {
      const tag = this.#bytes[this.#at++] ?? 0;
      if (tag === denseArray || tag === sparseArray) claimed += this.number();
      else if (!this.#pass(String.fromCharCode(tag))) return undefined;
    }
    return claimed;
  }

  /** Seven bits of each byte, the lowest first, until one has not the highest bit. */
  number(): number {
    let number = 0;
    for (let factor = 1; factor <= 2 ** 35; factor *= 0x80) {
      const byte = this.#bytes[this.#at++] ?? 0;
      number += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    return number;
  }

  #pass(tag: string): boolean {
    switch (tag) {
      case "\0": // padding
      case "_": // undefined
      case "0": // null
      case "T":
      case "F":
      case "x": // objects of booleans
      case "y":
      case "-": // a hole
      case "o": // the beginning of an object, of a map, of a set; of an object of a string
      case ";":
      case "'":
      case "s": // or the stack of an error, behind its cause
      case ".": // the end of an error
        return true;
      case "I": // integers, references, ends of maps and sets, how many properties an object has
      case "U":
      case "^":
      case ":":
      case ",":
      case "{":
        return this.#skip(0, 1);
      case "$": // the end of an array: how many properties, and its length
      case "@":
        return this.#skip(0, 2);
      case "N": // doubles, dates, objects of numbers
      case "D":
      case "n":
        return this.#skip(8, 0);
      case '"': // text, and bytes
      case "c":
      case "S":
      case "B":
        return this.#skip(this.number(), 0);
      case "Z": // a bigint; the lowest bit is its sign
      case "z":
        return this.#skip(Math.floor(this.number() / 2), 0);
      case "V": // a view of bytes: its kind, where it begins, its length, flags
        return this.#skip(0, 4);
      case "~": {
        // bytes that may become more: how many there are, and may be
        const length = this.number();
        return this.#skip(0, 1) && this.#skip(length, 0);
      }
      case "r":
        return this.#passError();
      case "R": // an expression is text, then its flags: a number that is no value
        return this.#passText() && this.#skip(0, 1);
      case "\\": // what Node writes of views: a kind, a length, and the bytes
        this.number();
        return this.#skip(this.number(), 0);
      default:
        return false;
    }
  }

  /** Up to its end, or to its cause, which is a value like others. */
  #passError(): boolean {
    while (this.#at < this.#bytes.length) {
      const tag = String.fromCharCode(this.#bytes[this.#at++] ?? 0);
      if (tag === "." || tag === "c") return true;
      const isText = tag === "m" || tag === "s";
      // Otherwise of which class it is.
      if (isText ? !this.#passText() : !"ERFSTU".includes(tag)) return false;
    }
    return false;
  }

  #passText(): boolean {
    let tag = "\0";
    while (tag === "\0" && this.#at < this.#bytes.length) tag = String.fromCharCode(this.#bytes[this.#at++] ?? 0);
    return ['"', "c", "S"].includes(tag) && this.#pass(tag);
  }

  #skip(bytes: number, numbers: number): boolean {
    this.#at += bytes;
    for (let count = 0; count < numbers; count++) this.number();
    return this.#at <= this.#bytes.length;
  }
}
