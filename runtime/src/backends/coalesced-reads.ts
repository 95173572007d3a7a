import { chunksOf } from "../chunks-of.ts";
import type { AgedEntry } from "../layers/far-entries.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { readLife, readMany, readOne } from "./redis-reads.ts";
import { isEnough } from "./turn-cork.ts";
import { ValueSizes } from "./value-sizes.ts";

/** Who waits for the value of one key. */
interface Reader {
  readonly key: string;
  readonly resolve: (stored: unknown) => void;
  readonly reject: (cause: unknown) => void;
}

/** Who waits for the life that is left to an entry. */
interface LifeReader {
  readonly key: string;
  readonly resolve: (lifeMs: number | "forever" | Promise<number | "forever">) => void;
}

/**
 * Reads of one turn of the event loop, which leave together at its end: as few MGETs, in chunks that the sizes of earlier
 * values suggest. Whoever sends anything else has these sent first, so that the order of calls is that of commands.
 */
export class CoalescedReads {
  readonly #connection: RedisConnection;
  readonly #sizes = new ValueSizes();
  #texts: Reader[] = [];
  #bytes: Reader[] = [];
  #lives: LifeReader[] = [];
  /** How many have been sent and are not answered. */
  #underWay = 0;
  #isDue = false;
  #isPressing = false;
  readonly #endTurn = (): void => {
    this.#isDue = false;
    this.#press();
  };

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  /** Whether what is sent now is not to wait for what else the turn brings. */
  get isPressing(): boolean {
    return this.#isPressing;
  }

  /** The stored value, `undefined` where there is none. */
  add(key: string, as: Kind): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const gathered = as === "text" ? this.#texts : this.#bytes;
      gathered.push({ key, resolve, reject });
      // On a Cluster each server gets but a part of them.
      if (!this.#connection.isCluster && isEnough(gathered.length, this.#underWay)) this.#press();
      if (this.#isDue) return;
      this.#isDue = true;
      // After all promise chains that what came in has set off, and before the event loop turns.
      process.nextTick(this.#endTurn);
    });
  }

  /** The same with the life that is left to it, which is asked in the same write. */
  async addAged(key: string, as: Kind): Promise<AgedEntry> {
    const life = new Promise<number | "forever">((resolve) => this.#lives.push({ key, resolve }));
    const [stored, lifeMs] = await Promise.all([this.add(key, as), life]);
    return { stored, lifeMs };
  }

  /** Sends what was added until now. */
  send(): void {
    if (this.#texts.length === 0 && this.#bytes.length === 0) return;
    const [texts, bytes, lives] = [this.#texts, this.#bytes, this.#lives];
    this.#texts = [];
    this.#bytes = [];
    this.#lives = [];
    this.#read(texts, "text");
    this.#read(bytes, "bytes");
    for (const { key, resolve } of lives) resolve(readLife(this.#connection, key));
  }

  #press(): void {
    // A question for each entry follows, which is to leave with it.
    this.#isPressing = this.#lives.length === 0;
    this.send();
    this.#isPressing = false;
  }

  #read(readers: readonly Reader[], as: Kind): void {
    const isLarge = ({ key }: Reader): boolean => this.#sizes.isLarge(key);
    const large = this.#sizes.knowsLarge ? readers.filter(isLarge) : [];
    const usual = large.length === 0 ? readers : readers.filter((reader) => !isLarge(reader));
    for (const chunk of chunksOf(usual, this.#sizes.perCommand)) this.#readTogether(chunk, as);
    // What is large keeps nobody waiting but those who want it: it comes last, and alone.
    for (const reader of large) this.#readAlone(reader, as);
  }

  #readTogether(readers: readonly Reader[], as: Kind): void {
    const [first] = readers;
    if (first === undefined) return;
    if (readers.length === 1) {
      this.#readAlone(first, as);
      return;
    }
    this.#underWay += readers.length;
    readMany(
      this.#connection,
      readers.map(({ key }) => key),
      as,
    ).then(
      ({ values, failed }) => {
        this.#underWay -= readers.length;
        for (const { indexes, error } of failed) for (const index of indexes) readers[index]?.reject(error);
        // Who was told that it failed is told nothing more.
        for (const [index, reader] of readers.entries()) this.#answer(reader, values[index]);
      },
      (cause: unknown) => {
        this.#underWay -= readers.length;
        for (const { reject } of readers) reject(cause);
      },
    );
  }

  #readAlone(reader: Reader, as: Kind): void {
    this.#underWay += 1;
    readOne(this.#connection, reader.key, as).then(
      (stored) => {
        this.#underWay -= 1;
        this.#answer(reader, stored);
      },
      (cause: unknown) => {
        this.#underWay -= 1;
        reader.reject(cause);
      },
    );
  }

  #answer({ key, resolve }: Reader, stored: unknown): void {
    this.#sizes.note(key, stored);
    resolve(stored);
  }
}
