import { isUint8Array } from "node:util/types";
import { stepsOf } from "../serializers/described.ts";
import type { Serializer } from "../serializers/serializer.ts";
import type { LiveValues } from "./live-values.ts";

/**
 * What keeps a caller from changing what another one has: each has a value of its own (`clone`), or all have the very
 * same and are trusted (`share`).
 */
export type CallerIsolation = "clone" | "share";

/** Whether nobody can change it: it is no object. */
export function isImmutable(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

/**
 * Gives a copy of a value to each who calls it. They are made of it as it is now, whoever changes it later: by the functions
 * that the generator has written for its type, else by the first step of the serializer, the last resort for a value that
 * this refuses being a structured clone. Only what can be neither serialized nor cloned is given out itself.
 *
 * @param live - where it is known to keep this value
 */
export function copiesOf<V>(value: V, live: LiveValues | undefined, serializer: Serializer<V>): () => V {
  if (isImmutable(value)) return () => value;
  return (
    (live === undefined ? undefined : copiesByKeeping(value, live, serializer)) ??
    copiesByStep(value, stepsOf(serializer as Serializer)[0]) ??
    clones(value) ??
    (() => value)
  );
}

function copiesByKeeping<V>(
  value: V,
  { keep = same, give = same }: LiveValues,
  serializer: Serializer<V>,
): (() => V) | undefined {
  try {
    // What is kept of a V is a V.
    const kept = keep(value) as V;
    return () => giveCopy(kept, give, serializer);
  } catch {
    // It nests too deep.
    return undefined;
  }
}

function giveCopy<V>(kept: V, give: (kept: unknown) => unknown, serializer: Serializer<V>): V {
  try {
    // What is given of that is a V.
    return give(kept) as V;
  } catch {
    return copiesOf(kept, undefined, serializer)();
  }
}

function copiesByStep<V>(value: V, first: Serializer | undefined): (() => V) | undefined {
  if (first === undefined) return undefined;
  try {
    if (first.in === "bytes" && isUint8Array(value)) {
      const bytes = new Uint8Array(value);
      return () => new Uint8Array(bytes) as V;
    }
    const made = first.serialize(value);
    return () => readCopy(first, made, value);
  } catch {
    return undefined;
  }
}

/** A serializer that cannot read what it has made must not keep anybody from what was loaded. */
function readCopy<V>(first: Serializer, made: unknown, value: V): V {
  try {
    // What it makes of a V, and reads from that, is a V.
    return first.deserialize(made) as V;
  } catch {
    return value;
  }
}

function clones<V>(value: V): (() => V) | undefined {
  try {
    const clone = structuredClone(value);
    return () => structuredClone(clone);
  } catch {
    return undefined;
  }
}

function same<T>(value: T): T {
  return value;
}
