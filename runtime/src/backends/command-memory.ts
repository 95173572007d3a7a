import { BufferView } from "../serializers/fast-buffer.ts";

/** Less is had from memory that Node shares out by itself, and is not worth a piece of its own. Bytes. */
const minLength = 4096;
/** Of each piece, of which only so much is touched as a command takes. Bytes. */
const pieceLength = 0x8000;
/** 2 MiB in all, whatever waits for an answer. */
const maxPieces = 64;

/** The bytes of a command, in memory that is used again once they are returned. */
export class BytesOfPiece extends BufferView {
  declare readonly buffer: ArrayBuffer;
}

/** Those that no command has. The one that came back last, which the processor still has at hand, goes out first. */
const free: ArrayBuffer[] = [];
let pieces = 0;

/**
 * Room for a command of so many bytes, with whatever is in there: `BytesOfPiece` where it is neither small nor large, and few others
 * are on their way. To touch new memory may take longer than to fill it.
 */
export function takeRoom(length: number): Buffer {
  const isOfPiece = length >= minLength && length <= pieceLength;
  const piece = isOfPiece ? (free.pop() ?? anotherPiece()) : undefined;
  return piece === undefined
    ? Buffer.allocUnsafe(length)
    : (new BytesOfPiece(piece, 0, length) as Uint8Array as Buffer);
}

/** To be called once, and only where nobody looks at the bytes any more. */
export function returnPiece({ buffer }: BytesOfPiece): void {
  free.push(buffer);
}

/** In place of that where somebody may: another one is made for it. */
export function forgetPiece(): void {
  pieces -= 1;
}

function anotherPiece(): ArrayBuffer | undefined {
  if (pieces === maxPieces) return undefined;
  pieces += 1;
  return new ArrayBuffer(pieceLength);
}
