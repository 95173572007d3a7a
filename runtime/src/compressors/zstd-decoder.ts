type Binding = typeof import("zstd-napi/binding.js");

// What zstd itself calls its best output size: one block.
const chunkBytes = 128 * 1024;

/**
 * Zstandard frames into bytes, never more than they may be. The package's own decompressor allocates what
 * the frame claims, however much that is, and takes a frame that ends too early for a whole one.
 */
export class ZstdDecoder {
  readonly #binding: Binding;
  readonly #context: InstanceType<Binding["DCtx"]>;

  constructor(binding: Binding) {
    this.#binding = binding;
    this.#context = new binding.DCtx();
  }

  /** @throws Error where the bytes are no complete frames, or too large */
  decode(stored: Uint8Array, maxBytes: number): Uint8Array {
    const { getFrameContentSize, findFrameCompressedSize, ResetDirective } = this.#binding;
    try {
      const size = getFrameContentSize(stored);
      if (size === null || findFrameCompressedSize(stored) !== stored.length)
        return this.#decodeStream(stored, maxBytes);
      if (size > maxBytes) throw tooLarge(maxBytes);
      const plain = new Uint8Array(size);
      const written = this.#context.decompress(plain, stored);
      if (written !== size) throw new Error("The frame is shorter than it says.");
      return plain;
    } catch (cause) {
      // A frame that failed half-way would go on in the next entry.
      this.#context.reset(ResetDirective.sessionOnly);
      throw cause;
    }
  }

  /** For several frames in one entry, and for frames whose writer did not know how long they would be. */
  #decodeStream(stored: Uint8Array, maxBytes: number): Uint8Array {
    const chunks: Uint8Array[] = [];
    let length = 0;
    let rest = stored;
    // Filled before there is another: an entry may be thousands of frames with a byte in each.
    let free = new Uint8Array(0);
    for (;;) {
      if (free.length === 0) {
        free = new Uint8Array(chunkBytes);
        chunks.push(free);
      }
      const [pending, produced, consumed] = this.#context.decompressStream(free, rest);
      const isFlushed = produced < free.length;
      rest = rest.subarray(consumed);
      free = free.subarray(produced);
      length += produced;
      if (length > maxBytes) throw tooLarge(maxBytes);
      if (rest.length === 0 && pending === 0) break;
      if (rest.length === 0 && isFlushed) throw new Error("The frame ends too early.");
      if (produced === 0 && consumed === 0) throw new Error("The frame does not go on.");
    }
    return joined(chunks, length);
  }
}

/** The first bytes of chunks of which all but the last are full. */
function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  for (const [index, chunk] of chunks.entries()) {
    const offset = index * chunkBytes;
    whole.set(chunk.subarray(0, Math.min(chunkBytes, length - offset)), offset);
  }
  return whole;
}

function tooLarge(maxBytes: number): Error {
  return new Error(`The frame holds more than ${maxBytes} bytes.`);
}
