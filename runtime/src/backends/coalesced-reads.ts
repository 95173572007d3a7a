import { chunksOf } from "../chunks-of.ts";
import type { AgedEntry } from "../layers/far-entries.ts";
import type { Kind } from "../serializers/serializer.ts";
import { readManyAged, readOneAged } from "./redis-aged-reads.ts";
import type { RedisConnection } from "./redis-connection.ts";
import type { FailedGroup } from "./redis-groups.ts";
import { readMany, readOne } from "./redis-reads.ts";
import { isEnough, leastReads } from "./turn-cork.ts";
import type { ValueSizes } from "./value-sizes.ts";

/** Who waits for the value of one key. */
interface Reader<Answer> {
  readonly key: string;
  readonly largeAsBytes: boolean;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: unknown) => void;
}

/** How one key is asked for, and how many. */
export interface ReadWay<Answer> {
  readonly one: (connection: RedisConnection, key: string, as: Kind, largeAsBytes: boolean) => Promise<Answer>;
  readonly many: (
    connection: RedisConnection,
    keys: readonly string[],
    as: Kind,
  ) => Promise<{ readonly values: readonly Answer[]; readonly failed: readonly FailedGroup[] }>;
}

/** The values of keys. */
export const plainReads: ReadWay<unknown> = { one: readOne, many: readMany };

/** The same with the life that is left to them. */
export const agedReads: ReadWay<AgedEntry> = {
  one: readOneAged,
  many: readManyAged,
};

/**
 * Reads of one turn of the event loop, which leave together when it ends, before the loop goes on; many of them before that, as soon
 * as they are as many as those that the server has not answered yet. They leave in chunks that the sizes of earlier values suggest.
 * Whoever sends anything else has these sent first, so that the order of calls is that of commands.
 */
export class CoalescedReads<Answer> {
  readonly #connection: RedisConnection;
  readonly #way: ReadWay<Answer>;
  #texts: Reader<Answer>[] = [];
  #bytes: Reader<Answer>[] = [];
  /** How many have been sent and are not answered. */
  #underWay = 0;
  #isDue = false;
  #isPressing = false;
  readonly #endTurn = (): void => {
    this.#isDue = false;
    this.#press();
  };

  constructor(connection: RedisConnection, way: ReadWay<Answer>) {
    this.#connection = connection;
    this.#way = way;
  }

  get #sizes(): ValueSizes {
    return this.#connection.limits.sizes;
  }

  /** Whether what is sent now is not to wait for what else the turn brings. */
  get isPressing(): boolean {
    return this.#isPressing;
  }

  add(key: string, as: Kind, largeAsBytes = false): Promise<Answer> {
    return new Promise((resolve, reject) => {
      (as === "text" ? this.#texts : this.#bytes).push({ key, largeAsBytes, resolve, reject });
      if (this.#isAwaited) {
        this.#press();
      } else if (!this.#isDue) {
        this.#isDue = true;
        // After all promise chains that what came in has set off, and before the event loop turns.
        process.nextTick(this.#endTurn);
      }
    });
  }

  /** Sends what was added until now. */
  send(): void {
    if (this.#texts.length === 0 && this.#bytes.length === 0) return;
    const [texts, bytes] = [this.#texts, this.#bytes];
    this.#texts = [];
    this.#bytes = [];
    this.#read(texts, "text");
    this.#read(bytes, "bytes");
  }

  /** Whether the server has no more to do than what was gathered. On a Cluster each server gets but a part of that. */
  get #isAwaited(): boolean {
    const { isCluster, readyClient } = this.#connection;
    const gathered = this.#texts.length + this.#bytes.length;
    return !isCluster && readyClient !== undefined && isEnough(gathered, this.#underWay, leastReads);
  }

  #press(): void {
    this.#isPressing = true;
    this.send();
    this.#isPressing = false;
  }

  #read(readers: readonly Reader<Answer>[], as: Kind): void {
    const isLarge = ({ key }: Reader<Answer>): boolean => this.#sizes.isLarge(key);
    const large = this.#sizes.knowsLarge ? readers.filter(isLarge) : [];
    const usual = large.length === 0 ? readers : readers.filter((reader) => !isLarge(reader));
    for (const chunk of chunksOf(usual, this.#sizes.perCommand)) this.#readTogether(chunk, as);
    // What is large keeps nobody waiting but those who want it: it comes alone, and on another connection.
    for (const reader of large) this.#readAlone(reader, as, this.#connection.laneFor([reader.key]));
  }

  #readTogether(readers: readonly Reader<Answer>[], as: Kind): void {
    const [first] = readers;
    if (first === undefined) return;
    if (readers.length === 1) {
      this.#readAlone(first, as);
      return;
    }
    this.#underWay += readers.length;
    this.#way.many(this.#connection, keysOf(readers), as).then(
      ({ values, failed }) => {
        this.#underWay -= readers.length;
        for (const { indexes, error } of failed) for (const index of indexes) readers[index]?.reject(error);
        // Who was told that it failed is told nothing more.
        for (let index = 0; index < readers.length; index += 1) readers[index]?.resolve(values[index] as Answer);
      },
      (cause: unknown) => {
        this.#underWay -= readers.length;
        for (const { reject } of readers) reject(cause);
      },
    );
  }

  #readAlone(reader: Reader<Answer>, as: Kind, connection = this.#connection): void {
    this.#underWay += 1;
    this.#way.one(connection, reader.key, as, reader.largeAsBytes).then(
      (answer) => {
        this.#underWay -= 1;
        reader.resolve(answer);
      },
      (cause: unknown) => {
        this.#underWay -= 1;
        reader.reject(cause);
      },
    );
  }
}

function keysOf(readers: readonly { readonly key: string }[]): readonly string[] {
  // What `map` makes is another kind of list once V8 has optimized its caller, and all that is given the keys is compiled anew for that.
  const keys: string[] = [];
  for (const { key } of readers) keys.push(key);
  return keys;
}
