import type { Serializer } from "./serializer.ts";

/** What `serialize` makes of a value of which it is known that it neither refuses nor changes it. */
export type WriteSure<V> = (value: V) => unknown;

// Beside the steps, not in them: a copy with another `serialize` is to write with that.
const writers = new WeakMap<object, WriteSure<unknown>>();

/** Notes how the same step writes such values, so that it need not look at them. */
export function writingSure<S extends object>(step: S, write: WriteSure<unknown>): S {
  writers.set(step, write);
  return step;
}

/** How a step writes such values: as any other, where it has no way of its own. */
export function writerOfSure<V>(step: Serializer<V>): WriteSure<V> {
  return writers.get(step) ?? ((value) => step.serialize(value));
}
