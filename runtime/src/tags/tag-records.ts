import { Buffer } from "node:buffer";
import type { Backend } from "../backends/backend.ts";
import { nextTurn } from "../backends/next-turn.ts";
import { chunksOf } from "../chunks-of.ts";
import { hash128 } from "../keys/hash-text.ts";
import { Gathering } from "./gathering.ts";
import type { Tag } from "./tag.ts";

/** Entries keep what tells their tags apart, and have no more room for each. */
const maxRestBytes = 42;

/** So many records are made to live longer in one turn of the event loop. */
const maxExtended = 500;

/**
 * The records of tags in a backend: one for each tag that some entry has, one for each family of tags that values have, and one
 * for a cache as a whole. A record holds a token that no other record ever held. It is deleted to invalidate, and made anew by the
 * next load, so that one that is lost costs misses and makes nothing true again.
 */
export class TagRecords {
  readonly #prefix: string;
  readonly #ttlMs: number | undefined;
  /** For `together`, while it runs. */
  #gathering: Gathering | undefined;
  /** For `tokensSoon`, until the end of the turn. */
  #soon: Gathering | undefined;

  /** @param ttlMs - as long as an entry may live, at least; `undefined` for ever */
  constructor(prefix: string, ttlMs: number | undefined) {
    this.#prefix = prefix;
    this.#ttlMs = ttlMs;
  }

  /** On a Cluster, the tags of a family are in one slot, with that of the family: they are read and deleted in one step. */
  keyOf(family: string, rest: string): string {
    return `${this.#prefix}~tag:{${family}}${rest === "" ? "" : `:${rest}`}`;
  }

  keyOfTag(tag: Tag): string {
    return this.keyOf(tag.family, restOf(tag));
  }

  /** Of all tags of a family that values have. */
  familyKey(family: string): string {
    return `${this.#prefix}~family:{${family}}`;
  }

  /** Of a cache as a whole. */
  cacheKey(cacheName: string): string {
    return `${this.#prefix}~cache:${cacheName}`;
  }

  /**
   * What these records hold, which are made where they are absent: for all processes the same. One that is gone again by then
   * has a token that is worth nothing.
   */
  tokensOf(backend: Backend, keys: readonly string[]): Promise<readonly string[]> {
    return this.#gathering === undefined ? this.#ask(backend, keys) : this.#gathering.tokensOf(keys);
  }

  /** The same for who need not ask at once: in one step for all of a turn, at its end. */
  tokensSoon(backend: Backend, keys: readonly string[]): Promise<readonly string[]> {
    if (this.#soon === undefined) {
      const soon = new Gathering();
      this.#soon = soon;
      process.nextTick(() => {
        this.#soon = undefined;
        this.#end(soon, backend);
      });
    }
    return this.#soon.tokensOf(keys);
  }

  /** Lets them live as long again as what is stored now. Nobody waits for it: a record that is lost costs misses. */
  extend(backend: Backend, keys: readonly string[]): void {
    const gathering = this.#gathering ?? this.#soon;
    if (gathering === undefined) this.#extendNow(backend, keys);
    else gathering.extend(keys);
  }

  /** Runs what asks for many tokens: they are asked for in one step, at its end. */
  together<T>(backend: Backend, run: () => T): T {
    const gathering = new Gathering();
    this.#gathering = gathering;
    try {
      return run();
    } finally {
      this.#gathering = undefined;
      this.#end(gathering, backend);
    }
  }

  #end(gathering: Gathering, backend: Backend): void {
    const tokens = this.#ask(backend, gathering.keys);
    gathering.end(tokens);
    // Not before: a connection that is still to be made has no room for thousands of commands. What fails is told to who asks.
    tokens.then(() => this.#extendInTurns(backend, gathering.extended)).catch(() => {});
  }

  async #ask(backend: Backend, keys: readonly string[]): Promise<readonly string[]> {
    if (keys.length === 0) return [];
    // Both are sent before either is answered: one round trip, in this order.
    const made = this.#make(backend, keys);
    const [held] = await Promise.all([backend.getMany(keys, "text", true), made]);
    return held.map((token) => (typeof token === "string" ? token : newToken()));
  }

  async #extendInTurns(backend: Backend, keys: readonly string[]): Promise<void> {
    for (const [index, chunk] of chunksOf(keys, maxExtended).entries()) {
      if (index > 0) await nextTurn();
      this.#extendNow(backend, chunk);
    }
  }

  #extendNow(backend: Backend, keys: readonly string[]): void {
    if (this.#ttlMs === undefined) return;
    for (const key of keys) backend.expireIn(key, this.#ttlMs).catch(() => {});
  }

  async #make(backend: Backend, keys: readonly string[]): Promise<void> {
    const entries = keys.map((key) => [key, newToken()] as const);
    if (backend.setManyIfAbsent !== undefined) return backend.setManyIfAbsent(entries, this.#ttlMs);
    const options = { ttlMs: this.#ttlMs, ifNotExists: true };
    await Promise.all(entries.map(([key, token]) => backend.set(key, token, options)));
  }
}

/** Whether a key may be that of a record. */
export function isRecord(key: string): boolean {
  return /~(?:tag|family|cache):/.test(key);
}

/** What tells a tag from others of its family: its parts, or their hash where they are too long to be kept with entries. */
export function restOf({ parts }: Tag): string {
  const rest = parts.join(":");
  if (Buffer.byteLength(rest) <= maxRestBytes) return rest;
  return `~h${Buffer.from(hash128(rest), "hex").toString("base64url")}`;
}

/** 128 random bits; the letter tells it from the name of a tag. */
function newToken(): string {
  return `t${Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url")}`;
}
