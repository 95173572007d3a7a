import type { NetConnectOpts, Socket } from "node:net";
import { BufferView, type FastBuffer, newBuffer } from "../serializers/fast-buffer.ts";

/** As much as Node reads of a socket at once. Bytes. */
const roomLength = 0x1_0000;
/** Where more than that is there: the fewer pieces, the fewer calls of the system, and values that are cut. Bytes. */
const largeRoomLength = 0x4_0000;
/** To read less at once is not worth a call of the system. Bytes. */
const leastRoom = 0x4000;

const memories = new WeakMap<object, ReadMemory>();

/**
 * The memory into which one connection reads, again and again. Node takes new memory for each piece that comes in, and to touch that
 * may take longer than to make values of it.
 */
export class ReadMemory {
  #room = newBuffer(0);
  /** Of the room: what came in last. */
  #filled = 0;
  #isKept = false;
  #mayGrow = true;
  #isReadInPlace = false;

  /** Of this connection; `undefined` where Node takes care of it. */
  static of(socket: object): ReadMemory | undefined {
    return memories.get(socket);
  }

  /** Where the next bytes are to go. What is kept stays as it is. */
  nextRoom(): FastBuffer {
    if (this.#isKept) this.#room = viewOf(this.#room, this.#filled, this.#room.length);
    else if (this.#mayGrow && this.#room.length === roomLength && this.#filled === roomLength)
      this.#room = newBuffer(largeRoomLength);
    this.#isKept = false;
    if (this.#room.length < leastRoom) this.#room = newBuffer(roomLength);
    return this.#room;
  }

  /** As many bytes as could have come in last. */
  get roomLength(): number {
    return this.#room.length;
  }

  /** What has come in: a copy, unless it is read in place. */
  filled(length: number): FastBuffer {
    this.#filled = length;
    const bytes = viewOf(this.#room, 0, length);
    return this.#isReadInPlace ? bytes : (Buffer.from(bytes) as FastBuffer);
  }

  /** To be called by who knows that what comes in may be overwritten as soon as he has been told, unless he calls `keep`. */
  readInPlace(): void {
    this.#isReadInPlace = true;
  }

  /** Somebody has views of what came in last: with one of them he keeps all of the room, so it stays small. */
  keep(): void {
    this.#isKept = true;
    this.staySmall();
  }

  /** Has no more come in at once than Node would read. */
  staySmall(): void {
    this.#mayGrow = false;
  }
}

/** Opens a connection that reads into the same memory; what comes in it tells as any other does. */
export function openSocket(connect: (options: NetConnectOpts) => Socket, place: NetConnectOpts): Socket {
  const memory = new ReadMemory();
  const socket = connect({
    ...place,
    onread: {
      buffer: () => memory.nextRoom(),
      callback(length) {
        socket.emit("data", memory.filled(length));
        return true;
      },
    },
  });
  memories.set(socket, memory);
  return socket;
}

function viewOf(bytes: FastBuffer, start: number, end: number): FastBuffer {
  // It is no other thread's, and looks like a Buffer.
  return new BufferView(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start) as Uint8Array as FastBuffer;
}
