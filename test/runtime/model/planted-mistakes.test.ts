import { MemoryBackend, type StoreOptions } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { modelProperty, modelRuns } from "../../contract/model/model-contract.ts";
import { inMemory } from "./in-memory.ts";

describe("the model finds", () => {
  const mistakes: readonly [string, typeof MemoryBackend][] = [
    [
      "a set over an entry that keeps its expiry",
      class extends MemoryBackend {
        override async set(key: string, stored: unknown, options: StoreOptions): Promise<boolean> {
          const left = await this.ttl(key);
          const ttlMs = options.ttlMs ?? (typeof left === "number" ? left : undefined);
          return super.set(key, stored, { ...options, ttlMs });
        }
      },
    ],
    [
      "if-not-exists that takes what has expired for an entry",
      class extends MemoryBackend {
        readonly #stored = new Set<string>();
        override async set(key: string, stored: unknown, options: StoreOptions): Promise<boolean> {
          if (options.ifNotExists === true && options.ttlMs !== undefined && this.#stored.has(key)) return false;
          this.#stored.add(key);
          return super.set(key, stored, options);
        }
        override async delete(key: string): Promise<boolean> {
          this.#stored.delete(key);
          return super.delete(key);
        }
      },
    ],
    [
      "setMany without its ttl",
      class extends MemoryBackend {
        override setMany(entries: readonly (readonly [string, unknown])[]): Promise<void> {
          return super.setMany(entries, undefined);
        }
      },
    ],
    [
      "an expiry that cannot be removed",
      class extends MemoryBackend {
        override expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
          return ttlMs === undefined ? this.has(key) : super.expireIn(key, ttlMs);
        }
      },
    ],
    [
      "a moment that is rounded to seconds",
      class extends MemoryBackend {
        override expireAt(key: string, atMs: number): Promise<boolean> {
          return super.expireAt(key, Math.floor(atMs / 1000) * 1000);
        }
      },
    ],
    [
      "take that leaves the entry where it has a ttl",
      class extends MemoryBackend {
        override async take(key: string, as: "text"): Promise<unknown> {
          return (await this.ttl(key)) === "forever" ? super.take(key, as) : this.get(key, as);
        }
      },
    ],
    [
      "deleteMany that counts the keys and not the entries",
      class extends MemoryBackend {
        override async deleteMany(keys: readonly string[]): Promise<number> {
          await super.deleteMany(keys);
          return keys.length;
        }
      },
    ],
    [
      "a read that lengthens a life",
      class extends MemoryBackend {
        override async get(key: string, as: "text"): Promise<unknown> {
          const left = await this.ttl(key);
          if (typeof left === "number") await this.expireIn(key, left + 1000);
          return super.get(key, as);
        }
      },
    ],
    [
      "a call that takes effect after the one that follows",
      class extends MemoryBackend {
        override async delete(key: string): Promise<boolean> {
          await null;
          return super.delete(key);
        }
      },
    ],
  ];

  test.each(mistakes)("%s", async (_, Faulty) => {
    const faulty = await inMemory(Faulty).start();
    const { failed, errorInstance } = await fc.check(modelProperty("fake", faulty), modelRuns);
    expect(failed).toBe(true);
    expect(String(errorInstance)).toContain("the cache answers");
  });
});
