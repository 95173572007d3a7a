import type { RandomSource } from "../generator/validator/random-source.ts";
import { maxInputBytes } from "./fuzz-target.ts";

/** Bytes at which lengths, signs and forms change. */
const edges = [0, 1, 0x1f, 0x20, 0x7f, 0x80, 0x81, 0xc0, 0xdf, 0xe0, 0xfe, 0xff];

/**
 * Another input, made of one that there is.
 *
 * @param corpus - what others are made of too; at least one
 */
export function mutate(corpus: readonly Uint8Array[], words: readonly Uint8Array[], random: RandomSource): Uint8Array {
  if (random.chance(2)) return Uint8Array.from({ length: random.below(64) }, () => random.below(256));
  let bytes = Buffer.from(random.pick(corpus));
  for (let changes = 1 + random.below(random.chance(20) ? 16 : 4); changes > 0; changes--) {
    bytes = changed(bytes, corpus, words, random);
  }
  return new Uint8Array(bytes.subarray(0, maxInputBytes));
}

function changed(
  bytes: Buffer<ArrayBuffer>,
  corpus: readonly Uint8Array[],
  words: readonly Uint8Array[],
  random: RandomSource,
): Buffer<ArrayBuffer> {
  const at = random.below(bytes.length + 1);
  const put = (inserted: Uint8Array, removed = 0): Buffer<ArrayBuffer> =>
    Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
  switch (random.below(words.length > 0 ? 12 : 9)) {
    case 0:
      return put(Uint8Array.of(), 1 + random.below(8));
    case 1:
      return put(Uint8Array.of(random.below(256)));
    case 2:
      return put(Uint8Array.of(random.pick(edges)), random.below(2));
    case 3: {
      // A length, an offset or a number of any width.
      const number = Uint8Array.from({ length: 1 << random.below(4) }, () => random.pick([0, 0xff, 0x7f, 0x80]));
      return put(number, number.length);
    }
    case 4:
      return bytes.subarray(0, at);
    case 5: {
      const repeated = bytes.subarray(at, at + 1 + random.below(16));
      const times = random.chance(10) ? 1 + random.below(200) : 1;
      return put(Buffer.concat(Array.from({ length: times }, () => repeated)));
    }
    case 6: {
      const other = random.pick(corpus);
      const start = random.below(other.length + 1);
      return put(other.subarray(start, start + 1 + random.below(64)), random.below(2) * random.below(16));
    }
    case 7: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      return flipped;
    }
    case 8: {
      const moved = Buffer.from(bytes);
      if (at < moved.length) moved[at] = (moved[at] ?? 0) + random.pick([1, -1, 16, -16]);
      return moved;
    }
    default:
      return put(random.pick(words), random.chance(30) ? random.below(12) : 0);
  }
}
