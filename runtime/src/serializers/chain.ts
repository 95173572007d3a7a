import { CachetoryError } from "../errors.ts";
import { checkPipeline } from "../schemes/pipeline.ts";
import { ofSteps } from "./described.ts";
import { hasTurns, inTurns, readerInTurns } from "./in-turns.ts";
import type { Compressor, EntryContext, Serializer } from "./serializer.ts";
import { checkedUtf8, utf8 } from "./utf8.ts";

/**
 * One serializer out of several steps: the first takes the value, compressors follow. Text becomes UTF-8 on its way
 * into a compressor. What is stored is the output of the last step and nothing else.
 *
 * @throws CachetoryError `INVALID_PIPELINE` where a step cannot take what the one before it gives
 *
 * @example
 * ```ts
 * const serializer = chain(json<Product>(), zlib({ compressionLevel: 9 }));
 * ```
 */
export function chain<V, In extends "value" | "bytes">(
  first: Serializer<V, unknown, In, "text" | "bytes">,
  second: Compressor,
  ...compressors: readonly Compressor[]
): Serializer<V, Uint8Array, In, "bytes"> {
  return chainSteps([first, second, ...compressors]) as Serializer<V, Uint8Array, In, "bytes">;
}

/** As {@link chain}, for steps that only the run time knows. */
export function chainSteps(steps: readonly Serializer[]): Serializer {
  const problem = checkPipeline(steps);
  if (problem !== undefined) {
    const hint = problem.hint === undefined ? "" : ` ${problem.hint}.`;
    throw new CachetoryError("INVALID_PIPELINE", `These steps do not fit: ${problem.message}.${hint}`);
  }
  const [first, ...rest] = steps;
  if (first === undefined) throw new CachetoryError("INVALID_PIPELINE", "A pipeline needs at least one step.");
  if (rest.length === 0) return first;
  const pipeline = rest.reduce((before, step) => {
    const name = `${before.name}+${step.name}`;
    return before.out === "text" && step.in === "bytes"
      ? join(name, join(name, before, utf8), step)
      : join(name, before, step);
  }, first);
  return ofSteps(pipeline, steps);
}

/** Whether `second` can take what `first` gives has been checked, so the types in between need not be known. */
function join(name: string, first: Serializer, second: Serializer): Serializer {
  const joined: Serializer = {
    name,
    in: first.in,
    out: second.out,
    serialize: (value) => second.serialize(first.serialize(value)),
    deserialize: (stored) => first.deserialize(second.deserialize(stored)),
  };
  const made = first.bindsKey || second.bindsKey ? { ...joined, ...bound(first, second) } : joined;
  if (!hasTurns(first)) return made;
  const readFirst = readerInTurns(first);
  if (second === utf8) return inTurns(made, (stored) => readFirst(checkedUtf8(stored)));
  return inTurns(made, (stored, context) => {
    const ofStep = (step: Serializer): EntryContext | undefined => (step.bindsKey ? context : undefined);
    return readFirst(second.deserialize(stored, ofStep(second)), ofStep(first));
  });
}

/** A context is for the steps that ask for it alone: another one may be a function that takes something else there. */
function bound(
  first: Serializer,
  second: Serializer,
): Pick<Serializer, "bindsKey" | "prepare" | "serialize" | "deserialize"> {
  const make = (step: Serializer, value: unknown, context: EntryContext | undefined): unknown =>
    step.bindsKey ? step.serialize(value, context) : step.serialize(value);
  const read = (step: Serializer, stored: unknown, context: EntryContext | undefined): unknown =>
    step.bindsKey ? step.deserialize(stored, context) : step.deserialize(stored);
  return {
    bindsKey: true,
    prepare() {
      first.prepare?.();
      second.prepare?.();
    },
    serialize: (value, context) => make(second, make(first, value, context), context),
    deserialize: (stored, context) => read(first, read(second, stored, context), context),
  };
}
