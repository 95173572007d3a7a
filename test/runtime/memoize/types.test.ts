import { type Cache, cached, chain, json, noop, type Serializer, text, v8, zlib } from "@cachetory/runtime";
import { expectTypeOf, test } from "vitest";

interface Product {
  readonly id: number;
}

// Never called: the compiler is what runs these.
const cache = {} as Cache<string, Product>;

test("a cached function keeps parameters and gives a promise of its result", () => {
  const wrap = () => cached(cache)(async (id: number, _locale?: string): Promise<Product | undefined> => ({ id }));
  type Wrapped = ReturnType<typeof wrap>;
  expectTypeOf<Parameters<Wrapped>>().toEqualTypeOf<[id: number, _locale?: string | undefined]>();
  expectTypeOf<ReturnType<Wrapped>>().toEqualTypeOf<Promise<Product | undefined>>();
  expectTypeOf<Parameters<Wrapped["purge"]>>().toEqualTypeOf<[id: number, _locale?: string | undefined]>();
});

test("a function that answers at once becomes one that promises", () => {
  const wrap = () => cached(cache)((id: number) => ({ id }));
  expectTypeOf<ReturnType<ReturnType<typeof wrap>>>().toEqualTypeOf<Promise<{ id: number }>>();
});

test("what must not compile does not", () => {
  const wrongs = () => {
    // @ts-expect-error the cache does not hold strings
    cached(cache)((id: number) => `${id}`);
    // @ts-expect-error the cache is chosen by a number, the function takes a string
    cached((id: number) => (id > 1 ? cache : null))((id: string) => ({ id: id.length }));
    // @ts-expect-error the key is made of a number, the function takes a string
    cached(cache, { makeKey: (_name, [id]: [id: number]) => `${id}` })((id: string) => ({ id: id.length }));
    // @ts-expect-error a bare number is no duration
    cached(cache, { timeToLive: 60 });
    // @ts-expect-error v8 takes a value, json gives text
    chain(json(), v8());
    // @ts-expect-error zlib takes bytes, noop gives a value
    chain(noop(), zlib());
    // @ts-expect-error json takes a value, zlib gives bytes
    chain(zlib(), json());
  };
  expectTypeOf(wrongs).toBeFunction();
});

test("a pipeline takes the type that is wanted of it", () => {
  expectTypeOf(chain(json<Product>(), zlib())).toExtend<Serializer<Product>>();
  expectTypeOf(chain(zlib(), zlib())).toExtend<Serializer<Uint8Array>>();
  const wanted: readonly Serializer<Product>[] = [
    json(),
    v8(),
    noop(),
    chain(json(), zlib()),
    chain(v8(), zlib(), zlib()),
  ];
  const literal: Serializer<"a" | "b"> = chain(text(), zlib());
  expectTypeOf(wanted).items.toExtend<Serializer<Product>>();
  expectTypeOf<ReturnType<typeof literal.deserialize>>().toEqualTypeOf<"a" | "b">();
});
