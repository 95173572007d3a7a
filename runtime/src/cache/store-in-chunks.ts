import type { Backend } from "../backends/backend.ts";
import { nextTurn } from "../backends/next-turn.ts";
import { sizeOf } from "../backends/value-sizes.ts";
import { sizedChunksOf } from "../chunks-of.ts";
import { BackendUnavailableError } from "../errors.ts";
import { storeEach } from "./store-each.ts";
import type { LifeMs } from "./ttl.ts";

/** So many entries are stored in one step, and made in one turn of the event loop. */
export const chunkSize = 500;

/**
 * So much of texts and bytes is stored in one step, however few the entries. With their keys, a step then is less than the 128 KiB
 * for which V8 takes memory from the system, each time anew: to touch that takes longer than to fill it.
 */
const maxChunkSize = 48 * 1024;

/** All of so many as `make` makes those from an index up to another, each chunk in a turn of its own, the first in the next one. */
export async function makeInChunks<Made>(
  count: number,
  make: (from: number, to: number) => readonly Made[] | Promise<readonly Made[]>,
): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (let from = 0; from < count; from += chunkSize) {
    await nextTurn();
    made.push(...(await make(from, Math.min(from + chunkSize, count))));
  }
  return made;
}

/** The text of a key, and what is to be stored under it. */
export type Encoded = readonly [text: string, stored: unknown];

/** One lifetime for all; `undefined` for ever. */
interface SharedLife {
  readonly ttlMs: number | undefined;
}

/**
 * Stores entries chunk by chunk, each in a turn of the event loop of its own; no chunk waits for the answer to another. A
 * backend in this process takes all at once, for what is read there does not wait its turn.
 *
 * @param entries - each of which is asked for in the turn in which it is stored
 * @param count - how many there are
 * @param lives - by the texts of the keys, where they have a lifetime each
 * @throws BackendUnavailableError that says how many were stored where some were not
 */
export async function storeInChunks(
  backend: Backend,
  entries: Iterable<Encoded>,
  count: number,
  lives: SharedLife | ReadonlyMap<string, LifeMs>,
): Promise<void> {
  const store = (chunk: readonly Encoded[]): Promise<void> =>
    "ttlMs" in lives
      ? backend.setMany(chunk, lives.ttlMs)
      : storeEach(
          backend,
          // Each of the entries has one.
          chunk.map(([text, stored]) => [text, stored, lives.get(text) as LifeMs]),
          false,
        );
  if (count <= chunkSize || backend.local !== undefined) return store([...entries]);
  const stored: Promise<number>[] = [];
  const causes: unknown[] = [];
  const limit = { maxCount: chunkSize, maxSize: maxChunkSize, sizeOf: storedSize };
  for (const chunk of sizedChunksOf(entries, limit)) {
    // Nobody is to keep the chunk once it is sent.
    const { length } = chunk;
    const noted = store(chunk).then(
      () => length,
      (cause: unknown) => {
        causes.push(cause);
        return 0;
      },
    );
    stored.push(noted);
    await nextTurn();
  }
  const storedCount = (await Promise.all(stored)).reduce((sum, one) => sum + one, 0);
  const [cause] = causes;
  if (cause === undefined) return;
  if (storedCount === 0 || !(cause instanceof BackendUnavailableError)) throw cause;
  const message = `${cause.message} At least ${storedCount} of ${count} entries were stored.`;
  throw new BackendUnavailableError(message, { cause, outcome: "unknown" });
}

function storedSize([, stored]: Encoded): number {
  return sizeOf(stored);
}
