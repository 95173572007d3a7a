import { Cache, cachedBatch, json, MemoryBackend } from "@cachetory/runtime";
import { expectTypeOf, test } from "vitest";

interface Product {
  readonly id: number;
}

interface Where {
  readonly id: number;
  readonly city: string;
}

const cache = new Cache<string, Product>({ backend: new MemoryBackend(), serializer: json() });

test("a function of many becomes one of a single item", () => {
  async function load(ids: number[]): Promise<Product[]> {
    return ids.map((id) => ({ id }));
  }
  const find = cachedBatch(cache)(load);
  expectTypeOf(find).parameters.toEqualTypeOf<[item: number]>();
  expectTypeOf(find.purge).toEqualTypeOf<(item: number) => Promise<boolean>>();
  expectTypeOf(find.key).toEqualTypeOf<(item: number) => string>();
  expectTypeOf(find.original).parameter(0).toEqualTypeOf<number[]>();
  // @ts-expect-error -- the id is a number
  find("1");
});

test("a readonly array will do, and a promise need not be", () => {
  const find = cachedBatch(cache)((wheres: readonly Where[]) => wheres.map(({ id }) => ({ id })));
  expectTypeOf(find({ id: 1, city: "Utrecht" })).resolves.toEqualTypeOf<Product>();
  // @ts-expect-error -- the city is missing
  find({ id: 1 });
});

test("undefined comes out only where the function may leave a value out", () => {
  const product: Product = { id: 1 };
  const never = cachedBatch(cache)(async (ids: number[]) => ids.map(() => product));
  expectTypeOf(never(1)).resolves.toEqualTypeOf<Product>();
  const failing = cachedBatch(cache)(async (ids: number[]) => ids.map(() => (ids[0] ? product : new Error("no"))));
  expectTypeOf(failing(1)).resolves.toEqualTypeOf<Product>();
  const holes = cachedBatch(cache)(async (ids: number[]) => ids.map(() => (ids[0] ? product : undefined)));
  expectTypeOf(holes(1)).resolves.toEqualTypeOf<Product | undefined>();
  const map = cachedBatch(cache)(async (ids: number[]) => new Map(ids.map((id) => [id, { id }])));
  expectTypeOf(map(1)).resolves.toEqualTypeOf<Product | undefined>();
  const pairs = cachedBatch(cache)((ids: number[]) => ids.map((id): [number, Product] => [id, { id }]));
  expectTypeOf(pairs(1)).resolves.toEqualTypeOf<Product | undefined>();
  expectTypeOf(map.refresh).returns.resolves.toEqualTypeOf<Product | undefined>();
});

test("what the function gives is checked as values of the cache", () => {
  // @ts-expect-error -- the cache holds no numbers
  cachedBatch(cache)(async (ids: number[]) => ids);
  // @ts-expect-error -- one is not many
  cachedBatch(cache)(async (_ids: number[]): Promise<Product> => ({ id: 1 }));
  // @ts-expect-error -- the keys of a map are items
  cachedBatch(cache)(async (ids: number[]) => new Map(ids.map((id) => [`${id}`, { id }])));
});

test("the options see the item", () => {
  const makeKey = (name: string, [where]: readonly [Where]): string => `${name}:${where.city}:${where.id}`;
  cachedBatch(cache, { makeKey })((wheres: Where[]) => wheres);
  cachedBatch(({ city }: Where) => (city === "" ? null : cache))((wheres: Where[]) => wheres);
  // @ts-expect-error -- a number has no city
  cachedBatch(cache, { makeKey })((ids: number[]) => ids.map((id) => ({ id })));
});

test("a batch of a cache takes its keys, or what makes them", () => {
  const typed = new Cache<{ readonly id: number }, string>({
    backend: new MemoryBackend(),
    serializer: json(),
    keyText: ({ id }) => `${id}`,
  });
  const byKey = typed.batch((keys) => keys.map(({ id }) => `${id}`));
  expectTypeOf(byKey.get).parameter(0).toEqualTypeOf<{ readonly id: number }>();
  expectTypeOf(byKey.get({ id: 1 })).resolves.toEqualTypeOf<string | undefined>();
  const byId = typed.batch((ids: number[]) => ids.map(String), { keyOf: (id) => ({ id }) });
  expectTypeOf(byId.get).parameter(0).toEqualTypeOf<number>();
  // @ts-expect-error -- nothing says what the key of a number is
  typed.batch((ids: number[]) => ids.map(String));
});
