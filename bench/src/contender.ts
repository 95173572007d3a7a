import type { Product } from "./product.ts";

/** Where a contender keeps its entries. */
export type Place = "redis" | "memory";

/** How long entries live: longer than any run. */
export const ttlMs = 3_600_000;

/**
 * One way to cache products. An operation that a library does not have is absent, and shows as a dash. Every contender
 * makes the text of its keys from the id at the call, as an application does.
 */
export interface Contender {
  /** A hit. */
  readonly get?: (id: number) => Promise<Product | undefined>;
  /** With a TTL; `false` says that nothing was stored. */
  readonly set?: (id: number, product: Product) => Promise<unknown>;
  /** All hits, in the order of the ids. */
  readonly getMany?: (ids: readonly number[]) => Promise<Iterable<Product | undefined>>;
  /** With a TTL; `false` says that nothing was stored. */
  readonly setMany?: (items: readonly (readonly [id: number, product: Product])[]) => Promise<unknown>;
  /** A hit, so `load` is for filling only. */
  readonly getOrSet?: (id: number, load: () => Promise<Product>) => Promise<Product | undefined>;
  readonly close: () => Promise<unknown>;
}

/** A contender by the name that its row has, and what makes it. `url` is a database of its own on Redis. */
export interface Entrant {
  readonly name: string;
  readonly open: (url: string) => Promise<Contender>;
}
