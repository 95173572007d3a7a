/** What Node's buffers have beside their documented methods, all of which check more than is needed here. */
export interface FastBuffer extends Buffer {
  utf8Write(text: string, offset: number): number;
  latin1Write(text: string, offset: number): number;
  ucs2Write(text: string, offset: number): number;
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
  ucs2Slice(start: number, end: number): string;
}

/** A buffer of its own memory, with whatever is in there. */
export function newBuffer(length: number): FastBuffer {
  return Buffer.allocUnsafeSlow(length) as FastBuffer;
}

/** The same bytes, with the methods of a buffer: to look for one of them takes V8 less than to ask whether it is a Buffer. */
export function asBuffer(bytes: Uint8Array): FastBuffer {
  const isBuffer = (bytes as Partial<FastBuffer>).latin1Slice !== undefined;
  return (isBuffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)) as FastBuffer;
}

/** A Buffer as far as anybody can tell: to make a real one takes three times as long. */
export class BufferView extends Uint8Array {}
Object.setPrototypeOf(BufferView.prototype, Buffer.prototype);
Object.defineProperty(BufferView.prototype, "constructor", { value: Buffer });
