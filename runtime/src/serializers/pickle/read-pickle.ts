import { isUint8Array } from "node:util/types";
import { PythonGlobal, PythonTimezone, UnbuiltUuid } from "./constructors.ts";
import { PickleMachine } from "./pickle-machine.ts";
import type { PythonUuid } from "./python-types.ts";
import { WorkBudget } from "./work-budget.ts";

/** How deep values may nest, as in Python. */
export const maxDepth = 1_000;

/**
 * The plain data that a pickle of any protocol holds.
 *
 * @throws RangeError, CachetoryError where it is none, or holds anything else
 */
export function readPickle(bytes: Uint8Array): unknown {
  const budget = new WorkBudget(bytes.byteLength);
  const made = new PickleMachine(bytes, budget).run();
  return new Finisher(budget).finish(made, 0).value;
}

interface Finished {
  readonly value: unknown;
  /** What the value weighs where everything in it is counted as often as it is there. */
  readonly weight: number;
}

/** Makes objects of dicts, and refuses circles and what is only a part of values. */
class Finisher {
  readonly #budget: WorkBudget;
  readonly #finished = new Map<object, Finished | undefined>();

  constructor(budget: WorkBudget) {
    this.#budget = budget;
  }

  finish(made: unknown, depth: number): Finished {
    if (typeof made === "string") return this.#weighed(made, 8 + made.length);
    if (typeof made !== "object" || made === null) return this.#weighed(made, 8);
    if (isUint8Array(made)) return this.#weighed(made, 8 + made.length);
    if (depth > maxDepth) throw new RangeError(`it is deeper than ${maxDepth} levels`);
    const known = this.#finished.get(made);
    if (known !== undefined) {
      this.#budget.spend(known.weight);
      return known;
    }
    if (this.#finished.has(made)) throw new RangeError("it holds itself");
    this.#finished.set(made, undefined);
    const finished = this.#finishObject(made, depth + 1);
    this.#finished.set(made, finished);
    return finished;
  }

  #finishObject(made: object, depth: number): Finished {
    if (Array.isArray(made)) return this.#finishAll(made, depth, (items) => items);
    if (made instanceof Set) return this.#finishAll([...made], depth, (items) => new Set(items));
    if (made instanceof Map) return this.#finishAll([...made].flat(), depth, asObjectOrMap);
    if (made instanceof UnbuiltUuid) return this.#weighed(builtOf(made), 8);
    if (made instanceof PythonGlobal) throw new RangeError(`it holds ${made.name} itself`);
    if (made instanceof PythonTimezone) throw new RangeError("it holds a time zone outside of a datetime");
    return this.#weighed(made, 8);
  }

  #finishAll(parts: readonly unknown[], depth: number, join: (items: readonly unknown[]) => unknown): Finished {
    const finished = parts.map((part) => this.finish(part, depth));
    this.#budget.spend(8);
    return {
      value: join(finished.map(({ value }) => value)),
      weight: finished.reduce((sum, { weight }) => sum + weight, 8),
    };
  }

  #weighed(value: unknown, weight: number): Finished {
    this.#budget.spend(weight);
    return { value, weight };
  }
}

function asObjectOrMap(items: readonly unknown[]): unknown {
  const entries = Array.from(
    { length: items.length / 2 },
    (_, index) => [items[2 * index], items[2 * index + 1]] as const,
  );
  // fromEntries defines properties, so a key called __proto__ is one like any other.
  return entries.every(([key]) => typeof key === "string")
    ? Object.fromEntries(entries as readonly (readonly [string, unknown])[])
    : new Map(entries);
}

function builtOf({ built }: UnbuiltUuid): PythonUuid {
  if (built === undefined) throw new RangeError("it leaves a UUID without its number");
  return built;
}
