import type { Backend } from "../backends/backend.ts";
import { nextTurn } from "../backends/next-turn.ts";
import { chunksOf } from "../chunks-of.ts";
import { BackendUnavailableError } from "../errors.ts";

/** So many entries are stored in one step, and made in one turn of the event loop. */
export const chunkSize = 500;

/** All of them as `make` makes a chunk, in as many turns of the event loop as it takes to keep nobody waiting. */
export async function makeInChunks<Made, Item>(
  items: readonly Item[],
  make: (chunk: readonly Item[]) => readonly Made[] | Promise<readonly Made[]>,
): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const chunk of chunksOf(items, chunkSize)) {
    if (made.length > 0) await nextTurn();
    made.push(...(await make(chunk)));
  }
  return made;
}

/**
 * Stores entries chunk by chunk, each in a turn of the event loop of its own; no chunk waits for the answer to another. A
 * backend in this process takes all at once, for what is read there does not wait its turn.
 *
 * @throws BackendUnavailableError that says how many were stored where some were not
 */
export async function storeInChunks(
  backend: Backend,
  entries: readonly (readonly [text: string, stored: unknown])[],
  ttlMs: number | undefined,
): Promise<void> {
  if (entries.length <= chunkSize || backend.local !== undefined) return backend.setMany(entries, ttlMs);
  const stored: Promise<number>[] = [];
  const causes: unknown[] = [];
  for (const chunk of chunksOf(entries, chunkSize)) {
    if (stored.length > 0) await nextTurn();
    const noted = backend.setMany(chunk, ttlMs).then(
      () => chunk.length,
      (cause: unknown) => {
        causes.push(cause);
        return 0;
      },
    );
    stored.push(noted);
  }
  const count = (await Promise.all(stored)).reduce((sum, one) => sum + one, 0);
  const [cause] = causes;
  if (cause === undefined) return;
  if (count === 0 || !(cause instanceof BackendUnavailableError)) throw cause;
  const message = `${cause.message} At least ${count} of ${entries.length} entries were stored.`;
  throw new BackendUnavailableError(message, { cause, outcome: "unknown" });
}
