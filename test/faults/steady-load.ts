import { setTimeout as wait } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { Product } from "../../examples/shop/src/models.ts";
import type { CacheKind, ProductCache } from "./caches.ts";

/** What callers have seen. */
export interface LoadReport {
  readonly calls: number;
  /** How often the origin was asked for a value. */
  readonly loads: number;
  readonly errors: readonly unknown[];
  /** Values that were not those of their key, each with what happened. */
  readonly wrong: readonly string[];
  readonly longest: LongestCall;
}

/** The call that took longest. */
interface LongestCall {
  readonly call: string;
  readonly tookMs: number;
}

interface Waiting {
  readonly kind: string;
  readonly untilCalls: number;
  readonly resolve: () => void;
}

/** The products that everybody wants. */
export const hotIds: readonly number[] = Array.from({ length: 12 }, (_, index) => index);
const pauseMs = 4;
const operations = ["getOrSet", "get", "getOrSetMany", "getMany"] as const;

/** The value of a product where it really lives. */
export function productOf(id: number): Product {
  return { id, name: `Product ${id}`, priceCents: 100 + id, tags: ["steady", "load"] };
}

/** For each cache one caller that reads through it, and does not stop when calls fail. */
export class SteadyLoad {
  readonly #calls = new Map<string, number>();
  readonly #errors: unknown[] = [];
  readonly #wrong: string[] = [];
  readonly #callers: readonly Promise<void>[];
  #waiting: readonly Waiting[] = [];
  #loads = 0;
  #longest: LongestCall = { call: "none", tookMs: 0 };
  #isOver = false;

  constructor(caches: Readonly<Record<CacheKind, ProductCache>>) {
    this.#callers = Object.entries(caches).map(([kind, cache]) => this.#callAgainAndAgain(kind, cache));
  }

  get loads(): number {
    return this.#loads;
  }

  /** Resolves when each caller has had so many more answers. */
  async answers(count: number): Promise<void> {
    const all = [...this.#calls].map(
      ([kind, calls]) =>
        new Promise<void>((resolve) => {
          this.#waiting = [...this.#waiting, { kind, untilCalls: calls + count, resolve }];
        }),
    );
    await Promise.all(all);
  }

  async stop(): Promise<LoadReport> {
    this.#isOver = true;
    await Promise.all(this.#callers);
    const calls = [...this.#calls.values()].reduce((sum, count) => sum + count, 0);
    return {
      calls,
      loads: this.#loads,
      errors: this.#errors,
      wrong: this.#wrong,
      longest: this.#longest,
    };
  }

  async #callAgainAndAgain(kind: string, cache: ProductCache): Promise<void> {
    for (let turn = 0; !this.#isOver; turn += 1) {
      this.#calls.set(kind, turn);
      for (const one of this.#waiting) if (one.kind === kind && one.untilCalls <= turn) one.resolve();
      this.#waiting = this.#waiting.filter(({ kind: of, untilCalls }) => of !== kind || untilCalls > turn);
      const startMs = performance.now();
      const operation = operations[turn % operations.length] ?? "getOrSet";
      try {
        await this.#call(operation, kind, cache, turn);
      } catch (error) {
        this.#errors.push(error);
      }
      const tookMs = performance.now() - startMs;
      if (tookMs > this.#longest.tookMs) this.#longest = { call: `${operation} on ${kind}`, tookMs };
      await wait(pauseMs);
    }
  }

  async #call(operation: (typeof operations)[number], kind: string, cache: ProductCache, turn: number): Promise<void> {
    const keys = [0, 1, 2].map((offset) => ({ id: hotIds[(turn * 5 + offset) % hotIds.length] ?? 0 }));
    const [key = { id: 0 }] = keys;
    const check = (id: number, value: Product | undefined): void => {
      if (isDeepStrictEqual(value, productOf(id))) return;
      this.#wrong.push(`${operation} of ${id} on ${kind} gave ${JSON.stringify(value)}`);
    };
    switch (operation) {
      case "getOrSet":
        return check(key.id, await cache.getOrSet(key, ({ id }) => this.#load(id)));
      case "getOrSetMany": {
        const loaded = await cache.getOrSetMany(keys, (missing) =>
          Promise.all(missing.map(({ id }) => this.#load(id))),
        );
        for (const { id } of keys) check(id, loaded.get({ id }));
        return;
      }
      case "get": {
        const hit = await cache.get(key);
        return hit === undefined ? undefined : check(key.id, hit);
      }
      case "getMany":
        for (const [{ id }, hit] of await cache.getMany(keys)) check(id, hit);
    }
  }

  async #load(id: number): Promise<Product> {
    this.#loads += 1;
    await wait(1);
    return productOf(id);
  }
}
