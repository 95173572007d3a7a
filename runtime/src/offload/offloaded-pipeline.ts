import { isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import { chainSteps } from "../serializers/chain.ts";
import { stepsOf, urlOf } from "../serializers/described.ts";
import { readerInTurns } from "../serializers/in-turns.ts";
import type { EntryContext, Serializer } from "../serializers/serializer.ts";
import { utf8 } from "../serializers/utf8.ts";
import { packValue, unpackValue } from "./moved-value.ts";
import { Survey } from "./survey.ts";
import type { MovedSteps } from "./task.ts";
import type { WorkerPool } from "./worker-pool.ts";

// What a compressed pickle takes to be read goes by its size before: of data as in JSON, 4 to 10 times that of the entry.
const compressedGrowth = 8;

/** Which steps of a pipeline go to a worker thread. */
interface Split {
  /** The step that stays; `undefined` where all of them go. */
  readonly first: Serializer | undefined;
  /** All steps but those that seal. */
  readonly whole: Serializer;
  /** The last steps, which seal; they stay. */
  readonly seal: Serializer | undefined;
  /** The steps that go, for what is too small. */
  readonly rest: Serializer;
  readonly moved: MovedSteps;
}

/** A pipeline of which a worker thread makes what is large. */
export class OffloadedPipeline<V> {
  readonly #whole: Serializer;
  readonly #split: Split;
  readonly #minBytes: number;
  readonly #minStoredBytes: number;
  readonly #pool: () => WorkerPool;

  /** @throws CachetoryError `INVALID_OPTION` where a step cannot go, or none is worth it */
  constructor(whole: Serializer<V>, cacheName: string, minBytes: number, pool: () => WorkerPool) {
    this.#split = splitSteps(whole, cacheName);
    this.#whole = this.#split.whole;
    const { first, moved } = this.#split;
    const isCompressedValue = first === undefined && whole.in === "value" && moved.urls.length > 1;
    this.#minBytes = minBytes;
    this.#minStoredBytes = isCompressedValue ? minBytes / compressedGrowth : minBytes;
    this.#pool = pool;
  }

  /**
   * What is stored; a promise of it where a worker makes it.
   *
   * @throws CachetoryError `INVALID_VALUE`
   */
  serialize(value: V, context?: EntryContext): unknown {
    const made = this.#serialize(value);
    const { seal } = this.#split;
    if (seal === undefined) return made;
    return made instanceof Promise ? made.then((each) => seal.serialize(each, context)) : seal.serialize(made, context);
  }

  #serialize(value: V): unknown {
    const { first, rest } = this.#split;
    if (first === undefined) return this.#whole.in === "value" ? this.#serializeValue(value) : this.#make(rest, value);
    return this.#make(rest, first.serialize(value));
  }

  /**
   * The value; a promise of it where a worker has a part in it.
   *
   * @throws CachetoryError `UNREADABLE`
   */
  deserialize(sealed: unknown, context?: EntryContext): V | Promise<V> {
    const { seal } = this.#split;
    const stored = seal === undefined ? sealed : seal.deserialize(sealed, context);
    if (isUint8Array(stored) && stored.byteLength >= this.#minStoredBytes) return this.#read(stored);
    // All steps together give what the whole pipeline does.
    return this.#whole.deserialize(stored) as V;
  }

  /** What makes bytes of a value takes far longer than to look through it, and than to copy it. */
  #serializeValue(value: V): unknown {
    const survey = new Survey();
    if (!survey.visit(value) || survey.bytes < this.#minBytes) return this.#whole.serialize(value);
    let packed: Uint8Array;
    try {
      packed = packValue(value, survey);
    } catch {
      // What V8 cannot copy, the serializer refuses by name.
      return this.#whole.serialize(value);
    }
    return this.#run("serialize", packed);
  }

  #make(rest: Serializer, made: unknown): unknown {
    if (typeof made === "string") {
      return made.length < this.#minBytes ? rest.serialize(made) : this.#run("serialize", made);
    }
    if (!isUint8Array(made) || made.byteLength < this.#minBytes) return rest.serialize(made);
    // A copy, for these may be somebody else's.
    return this.#run("serialize", new Uint8Array(made));
  }

  async #read(stored: Uint8Array): Promise<V> {
    const made = await this.#run("deserialize", new Uint8Array(stored));
    const { first } = this.#split;
    if (first !== undefined) return readerInTurns(first)(made) as V | Promise<V>;
    // Where values go as bytes, bytes come back; a pipeline that takes bytes carries no other value.
    return (this.#whole.in === "value" ? unpackValue(made as Uint8Array) : made) as V;
  }

  #run(direction: "serialize" | "deserialize", input: string | Uint8Array): Promise<string | Uint8Array> {
    return this.#pool().run({ steps: this.#split.moved, direction, input });
  }
}

/**
 * A first step that has no description stays: it takes no longer than a copy of its value would, or belongs to somebody
 * else. Every other step goes.
 */
function splitSteps(whole: Serializer, cacheName: string): Split {
  const all = stepsOf(whole);
  let end = all.length;
  while (end > 0 && all[end - 1]?.bindsKey === true) end -= 1;
  const steps = all.slice(0, end);
  const seals = all.slice(end);
  const [head] = steps;
  const first = head !== undefined && urlOf(head) === undefined ? head : undefined;
  const going = first === undefined ? steps : steps.slice(1);
  if (going.length === 0) {
    throw new CachetoryError(
      "INVALID_OPTION",
      `${cacheName}: offload has nothing to do, for ${whole.name} alone stays on the calling thread. Leave offload out, ` +
        "or add a compressor such as zstd.",
    );
  }
  const takes = first?.out ?? whole.in;
  const urls = going.map((step) => urlOf(step) ?? refuse(step, whole, cacheName));
  return {
    first,
    whole: seals.length === 0 ? whole : chainSteps(steps),
    seal: seals.length === 0 ? undefined : chainSteps(seals),
    rest: chainSteps(takes === "text" ? [utf8, ...going] : going),
    moved: { urls, takes },
  };
}

function refuse(step: Serializer, whole: Serializer, cacheName: string): never {
  throw new CachetoryError(
    "INVALID_OPTION",
    `${cacheName}: offload cannot make the step ${step.name} of ${whole.name} in a worker thread, which knows the ` +
      "compressors of this package alone. Leave offload or the step out; only a first step may be your own, and only the last ones may seal.",
  );
}
