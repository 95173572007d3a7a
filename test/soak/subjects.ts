import { Cache, cached, cachedBatch, json, tag } from "@cachetory/runtime";
import type { Product } from "../../examples/shop/src/models.ts";
import type { Caches, ProductCache } from "../faults/caches.ts";

/** One way to ask for values. */
export interface Question {
  readonly name: string;
  /** Whether there is an answer in any case: what is not there is loaded. */
  readonly loads: boolean;
  ask(ids: readonly number[]): Promise<ReadonlyMap<number, Product>>;
}

/** Something that answers, with the ways to ask it and to tell it of changes. */
export interface Subject {
  readonly kind: string;
  readonly questions: readonly Question[];
  /** Each makes the value of a product untrue, or puts this one in its place. */
  readonly changes: readonly ((id: number, value: Product) => Promise<unknown>)[];
  drain(): Promise<void>;
}

/** Gives the value of a product where it really lives. */
export type Load = (id: number) => Promise<Product>;

/** Every cache, and functions that read through caches; `loadOf` gives the loader of each. */
export function subjectsOf(
  { all, backend }: Caches,
  prefix: string,
  loadOf: (kind: string) => Load,
): readonly Subject[] {
  const text = (name: string): Cache<string, Product> =>
    new Cache({
      backend,
      serializer: json(),
      name,
      prefix: `${prefix}${name}:`,
      ttl: { ms: 2000 },
      closesBackend: false,
    });
  return [
    ...Object.entries(all).map(([kind, cache]) => subjectOf(kind, cache, loadOf(kind))),
    memoized(text("memoized"), loadOf("memoized")),
    memoizedMany(text("memoizedMany"), loadOf("memoizedMany")),
  ];
}

function subjectOf(kind: string, cache: ProductCache, load: Load): Subject {
  const loadMany = (keys: readonly { readonly id: number }[]): Promise<Product[]> =>
    Promise.all(keys.map(({ id }) => load(id)));
  const batch = cache.batch(loadMany);
  const first = ([id = 0]: readonly number[]): { readonly id: number } => ({ id });
  const keysOf = (ids: readonly number[]): readonly { readonly id: number }[] => ids.map((id) => ({ id }));
  const questions: readonly Question[] = [
    {
      name: "getOrSet",
      loads: true,
      ask: async (ids) => new Map([[first(ids).id, await cache.getOrSet(first(ids), ({ id }) => load(id))]]),
    },
    {
      name: "getOrSetMany",
      loads: true,
      ask: async (ids) => byId(await cache.getOrSetMany(keysOf(ids), loadMany)),
    },
    { name: "getMany", loads: false, ask: async (ids) => byId(await cache.getMany(keysOf(ids))) },
    {
      name: "get",
      loads: false,
      ask: async (ids) => found(first(ids).id, await cache.get(first(ids))),
    },
    {
      name: "batch",
      loads: true,
      ask: async (ids) => {
        const values = await Promise.all(ids.map((id) => batch.get({ id })));
        return new Map(values.flatMap((value, index) => [...found(ids[index] ?? 0, value)]));
      },
    },
  ];
  return {
    kind,
    questions,
    changes: [
      (id) => cache.delete({ id }),
      (id, value) => cache.set({ id }, value),
      ...(kind === "tagged" ? [(id: number) => cache.invalidateTags(tag("product", id))] : []),
    ],
    drain: () => cache.drain(),
  };
}

function memoized(cache: Cache<string, Product>, load: Load): Subject {
  const product = cached(cache)(async function product(id: number): Promise<Product> {
    return load(id);
  });
  return {
    kind: cache.name,
    questions: [{ name: "call", loads: true, ask: async ([id = 0]) => new Map([[id, await product(id)]]) }],
    changes: [(id) => product.purge(id)],
    drain: () => cache.drain(),
  };
}

function memoizedMany(cache: Cache<string, Product>, load: Load): Subject {
  const product = cachedBatch<Product, number>(cache, { name: "product" })((ids: number[]) =>
    Promise.all(ids.map((id) => load(id))),
  );
  return {
    kind: cache.name,
    questions: [
      {
        name: "calls",
        loads: true,
        ask: async (ids) => new Map(await Promise.all(ids.map(async (id) => [id, await product(id)] as const))),
      },
    ],
    changes: [(id) => product.purge(id)],
    drain: () => cache.drain(),
  };
}

function found(id: number, value: Product | undefined): ReadonlyMap<number, Product> {
  return value === undefined ? new Map() : new Map([[id, value]]);
}

function byId(hits: Iterable<readonly [key: { readonly id: number }, value: Product]>): ReadonlyMap<number, Product> {
  return new Map([...hits].map(([{ id }, value]) => [id, value]));
}
