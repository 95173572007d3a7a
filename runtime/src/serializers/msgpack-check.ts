import { isUtf8 } from "node:buffer";
import { maxDepth } from "./msgpack-values.ts";

/**
 * Makes sure that bytes are one whole value of plain MessagePack before anything is built of them: lengths within the
 * bytes, text in UTF-8, timestamps as the only extension. Takes time and memory by the bytes there are, not by those
 * that they claim.
 *
 * @throws RangeError
 */
export function checkMessagePack(bytes: Uint8Array): void {
  const cursor = new Cursor(bytes);
  // How many values each open array or map still has to give, from the outermost in.
  const open = [1];
  while (open.length > 0) {
    const left = open.pop() ?? 0;
    if (left === 0) continue;
    open.push(left - 1);
    const inner = cursor.checkHead();
    if (inner === 0) continue;
    if (inner > bytes.length || open.length > maxDepth) throw new RangeError("Too many values, or too deep.");
    open.push(inner);
  }
  if (cursor.position !== bytes.length) throw new RangeError("There are bytes behind the value.");
}

class Cursor {
  readonly #bytes: Uint8Array;
  position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Passes the next value, but for the values inside of it: how many those are. */
  checkHead(): number {
    const token = this.#uint(1);
    if (token < 0x80 || token >= 0xe0) return 0;
    if (token < 0x90) return 2 * (token & 0x0f);
    if (token < 0xa0) return token & 0x0f;
    if (token < 0xc0) return this.#text(token & 0x1f);
    switch (token) {
      case 0xc0: // nil
      case 0xc2: // false
      case 0xc3: // true
        return 0;
      case 0xc4: // bin
      case 0xc5:
      case 0xc6:
        return this.#skip(this.#uint(1 << (token - 0xc4)));
      case 0xc7: // ext with a length of one byte; only a timestamp can have 12
        return this.#timestamp(this.#uint(1), 12);
      case 0xca: // float
      case 0xcb:
        return this.#skip(4 << (token - 0xca));
      case 0xcc: // uint
      case 0xcd:
      case 0xce:
      case 0xcf:
        return this.#skip(1 << (token - 0xcc));
      case 0xd0: // int
      case 0xd1:
      case 0xd2:
      case 0xd3:
        return this.#skip(1 << (token - 0xd0));
      case 0xd6: // ext of 4 bytes
        return this.#timestamp(4, 4);
      case 0xd7: // ext of 8 bytes
        return this.#timestamp(8, 8);
      case 0xd9: // str
      case 0xda:
      case 0xdb:
        return this.#text(this.#uint(1 << (token - 0xd9)));
      case 0xdc: // array
      case 0xdd:
        return this.#uint(2 << (token - 0xdc));
      case 0xde: // map
      case 0xdf:
        return 2 * this.#uint(2 << (token - 0xde));
      default:
        throw new RangeError(`There is no meaning here for the byte ${token}.`);
    }
  }

  #uint(length: number): number {
    const start = this.position;
    this.#skip(length);
    let value = 0;
    for (let index = start; index < this.position; index++) value = value * 256 + (this.#bytes[index] ?? 0);
    return value;
  }

  #skip(length: number): 0 {
    this.position += length;
    if (this.position > this.#bytes.length) throw new RangeError("The value ends too early.");
    return 0;
  }

  #text(length: number): 0 {
    const start = this.position;
    this.#skip(length);
    if (!isUtf8(this.#bytes.subarray(start, this.position))) throw new RangeError("The text is no UTF-8.");
    return 0;
  }

  #timestamp(length: number, expected: number): 0 {
    if (length !== expected || this.#uint(1) !== 0xff) throw new RangeError("The extension is no timestamp.");
    return this.#skip(length);
  }
}
