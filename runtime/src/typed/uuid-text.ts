/** UUIDs in lower case, of whatever version: `6ba7b810-9dad-11d1-80b4-00c04fd430c8`. */
export const uuidLength = 36;
export const uuidBytes = 16;

const dash = 0x2d;

/** What a character is worth as a hexadecimal digit in lower case; 255 for all others. */
const digits = new Uint8Array(256).fill(0xff);
/** The two digits of a byte, in ASCII. */
const firstDigit = new Uint8Array(256);
const secondDigit = new Uint8Array(256);

const hexadecimal = Buffer.from("0123456789abcdef");
for (const [value, character] of hexadecimal.entries()) digits[character] = value;
for (let byte = 0; byte < 256; byte++) {
  firstDigit[byte] = hexadecimal[byte >> 4] as number;
  secondDigit[byte] = hexadecimal[byte & 15] as number;
}

/** Writes the bytes of the UUID that stands there in ASCII; whether one does. What is written is nothing otherwise. */
export function parseUuid(text: Uint8Array, at: number, into: Uint8Array, position: number): boolean {
  const hasDashes = text[at + 8] === dash && text[at + 13] === dash && text[at + 18] === dash && text[at + 23] === dash;
  return (
    hasDashes &&
    parseBytes(text, at, into, position, 4) &&
    parseBytes(text, at + 9, into, position + 4, 2) &&
    parseBytes(text, at + 14, into, position + 6, 2) &&
    parseBytes(text, at + 19, into, position + 8, 2) &&
    parseBytes(text, at + 24, into, position + 10, 6)
  );
}

function parseBytes(text: Uint8Array, at: number, into: Uint8Array, position: number, count: number): boolean {
  let all = 0;
  for (let index = 0; index < count; index++) {
    const high = digits[text[at + index * 2] as number] as number;
    const low = digits[text[at + index * 2 + 1] as number] as number;
    all |= high | low;
    into[position + index] = (high << 4) | low;
  }
  return all < 16;
}

/** Writes the UUID of these bytes in ASCII. */
export function printUuid(bytes: Uint8Array, position: number, into: Uint8Array, at: number): void {
  printBytes(bytes, position, into, at, 4);
  into[at + 8] = dash;
  printBytes(bytes, position + 4, into, at + 9, 2);
  into[at + 13] = dash;
  printBytes(bytes, position + 6, into, at + 14, 2);
  into[at + 18] = dash;
  printBytes(bytes, position + 8, into, at + 19, 2);
  into[at + 23] = dash;
  printBytes(bytes, position + 10, into, at + 24, 6);
}

function printBytes(bytes: Uint8Array, position: number, into: Uint8Array, at: number, count: number): void {
  for (let index = 0; index < count; index++) {
    const byte = bytes[position + index] as number;
    into[at + index * 2] = firstDigit[byte] as number;
    into[at + index * 2 + 1] = secondDigit[byte] as number;
  }
}
