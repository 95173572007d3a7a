import { Buffer } from "node:buffer";
import type { Backend } from "../backends/backend.ts";
import { calledBack } from "../cache/called-back.ts";
import type { Versions } from "../cache/versions.ts";
import { CachetoryError } from "../errors.ts";
import type { Tag } from "./tag.ts";
import { restOf, type TagRecords } from "./tag-records.ts";

/** Which tags the entries of a cache have. */
export interface TagOptions<K, V> {
  /** Those that the key tells: the same, in the same order, for equal keys. Default none. */
  ofKey?(key: K): readonly Tag[];
  /** Those that only the value tells, of `valueFamilies`. Default none. */
  ofValue?(value: V, key: K): readonly Tag[];
  /** The families of what `ofValue` gives, all of them. Default none. */
  readonly valueFamilies?: readonly string[] | undefined;
}

/** What an entry remembers: of its key, and of its value. */
interface Remembered {
  /** Tokens of the cache as a whole, and of the tags of the key. */
  readonly own: readonly string[];
  /** The keys of the records of the tags of the value. */
  readonly keys: readonly string[];
  /** Their tokens. */
  readonly tokens: readonly string[];
}

/**
 * What holds for the entries of one cache: that none of their tags has been invalidated, nor the cache as a whole. What only the
 * value tells is not known before a load; whether any tag of the same family was invalidated meanwhile is known afterwards.
 */
export class TagVersions<K, V> implements Versions {
  readonly #cacheName: string;
  readonly #options: TagOptions<K, V>;
  readonly #records: TagRecords;
  readonly #families: readonly string[];
  readonly #backend: () => Backend;

  /** @param backend - the one that records are in, and not what a cache makes of it */
  constructor(cacheName: string, options: TagOptions<K, V>, records: TagRecords, backend: () => Backend) {
    this.#cacheName = cacheName;
    this.#options = options;
    this.#records = records;
    this.#families = options.valueFamilies ?? [];
    this.#backend = backend;
  }

  /** Of the cache as a whole, of the tags of the key, and of the families of values. */
  recordsOf(key: unknown): readonly string[] {
    // Each key that a cache is asked for is one of its keys.
    const tags = tagsOfKey(this.#cacheName, this.#options, key as K);
    return [
      this.#records.cacheKey(this.#cacheName),
      ...tags.map((tag) => this.#records.keyOfTag(tag)),
      ...this.#families.map((family) => this.#records.familyKey(family)),
    ];
  }

  recordsOfEntry(versions: readonly string[]): readonly string[] {
    return this.#split(versions).keys;
  }

  hold(versions: readonly string[], records: readonly unknown[]): boolean {
    const { own, tokens } = this.#split(versions);
    const ownCount = records.length - this.#families.length - tokens.length;
    return areSame(own, records.slice(0, ownCount)) && areSame(tokens, records.slice(records.length - tokens.length));
  }

  toStore(key: unknown, records: readonly unknown[] | undefined): readonly string[] | Promise<readonly string[]> {
    const keys = this.recordsOf(key);
    const held = records?.slice(0, keys.length) ?? [];
    this.#records.extend(this.#backend(), keys);
    const isKnown = held.length === keys.length && held.every((token) => typeof token === "string");
    return isKnown ? held : this.#records.tokensOf(this.#backend(), keys);
  }

  extend(key: unknown, versions: readonly string[]): void {
    this.#records.extend(this.#backend(), [...this.recordsOf(key), ...this.recordsOfEntry(versions)]);
  }

  together<T>(run: () => T): T {
    return this.#records.together(this.#backend(), run);
  }

  withValue(
    value: unknown,
    key: unknown,
  ): (versions: readonly string[]) => readonly string[] | Promise<readonly string[]> {
    const count = this.#families.length;
    // What is stored in a cache is one of its values, under one of its keys.
    const tags = count === 0 ? [] : this.#tagsOfValue(value as V, key as K);
    const names = new Map(tags.map((tag) => [this.#records.keyOfTag(tag), this.#nameOf(tag)]));
    return (versions) => {
      if (count === 0 || versions.length === 0) return versions;
      const own = versions.slice(0, versions.length - count);
      return names.size === 0 ? own : this.#withNames(own, versions.slice(-count), names);
    };
  }

  async #withNames(
    own: readonly string[],
    families: readonly string[],
    names: ReadonlyMap<string, string>,
  ): Promise<readonly string[]> {
    const familyKeys = this.#families.map((family) => this.#records.familyKey(family));
    const asked = this.#records.tokensSoon(this.#backend(), [...names.keys(), ...familyKeys]);
    this.#records.extend(this.#backend(), [...names.keys()]);
    const now = await asked;
    // It was invalidated during the load, or another of its family was, and nobody knows which.
    if (!areSame(families, now.slice(names.size))) return [];
    return [...own, ...[...names.values()].flatMap((name, index) => [name, now[index] ?? ""])];
  }

  #tagsOfValue(value: V, key: K): readonly Tag[] {
    const call = (): readonly Tag[] => this.#options.ofValue?.(value, key) ?? [];
    return calledBack("INVALID_OPTION", `${this.#cacheName} got no tags of this value.`, call);
  }

  /** A tag among the versions of an entry: the number of its family, and what tells it from others of that. */
  #nameOf(tag: Tag): string {
    const family = this.#families.indexOf(tag.family);
    if (family === -1) {
      const message = `${this.#cacheName}: a value has the tag ${tag.text}, but ${tag.family} is not among valueFamilies.`;
      throw new CachetoryError("INVALID_OPTION", message);
    }
    return `n${family.toString(36)}-${Buffer.from(restOf(tag)).toString("base64url")}`;
  }

  #split(versions: readonly string[]): Remembered {
    const first = versions.findIndex((version) => version.startsWith("n"));
    if (first === -1) return { own: versions, keys: [], tokens: [] };
    const pairs = versions.slice(first);
    const names = pairs.filter((_, index) => index % 2 === 0);
    return {
      own: versions.slice(0, first),
      keys: names.map((name) => this.#keyOfName(name)),
      tokens: pairs.filter((_, index) => index % 2 === 1),
    };
  }

  #keyOfName(name: string): string {
    const [family = "", ...rest] = name.slice(1).split("-");
    const known = this.#families[Number.parseInt(family, 36)] ?? "";
    return this.#records.keyOf(known, Buffer.from(rest.join("-"), "base64url").toString());
  }
}

/** @throws CachetoryError `INVALID_OPTION` for whatever `ofKey` throws */
function tagsOfKey<K>(cacheName: string, { ofKey }: TagOptions<K, never>, key: K): readonly Tag[] {
  return ofKey === undefined
    ? []
    : calledBack("INVALID_OPTION", `${cacheName} got no tags of this key.`, () => ofKey(key));
}

function areSame(versions: readonly string[], records: readonly unknown[]): boolean {
  return versions.length === records.length && versions.every((version, index) => version === records[index]);
}
