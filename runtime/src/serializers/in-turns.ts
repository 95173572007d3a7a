import type { EntryContext, Serializer } from "./serializer.ts";

/** To read as much as this takes a quarter to a whole millisecond, and is worth a few turns. Bytes, or characters. */
export const minLengthInTurns: number = 128 * 1024;

/** What `deserialize` gives, or a promise of it where that takes long, with turns of the event loop between. */
export type ReadInTurns<V> = (stored: unknown, context?: EntryContext) => V | Promise<V>;

// Beside the steps, not in them: a copy with another `deserialize` is to be read with that.
const readers = new WeakMap<object, ReadInTurns<unknown>>();

/**
 * Notes how the same step reads what is large, so that others need not wait for it.
 *
 * @param read - takes what `deserialize` takes, and UTF-8 in place of text
 */
export function inTurns<S extends object>(step: S, read: ReadInTurns<unknown>): S {
  readers.set(step, read);
  return step;
}

/** Whether a step has a way of its own to read what is large. */
export function hasTurns(step: object): boolean {
  return readers.has(step);
}

/** How a step reads what is large: as anything else, where it has no way of its own. */
export function readerInTurns<V>(step: Serializer<V>): ReadInTurns<V> {
  // What reads the values of the same step reads values of the same type.
  const read = readers.get(step) as ReadInTurns<V> | undefined;
  return read ?? ((...stored) => step.deserialize(...stored));
}
