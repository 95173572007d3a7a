import {
  bytes,
  Cache,
  cached,
  chain,
  json,
  KeyvBackend,
  KeyvStore,
  MemoryBackend,
  noop,
  type Serializer,
  text,
  zlib,
} from "@cachetory/runtime";
import { Keyv, type KeyvStoreAdapter } from "keyv";
import { expectTypeOf, test } from "vitest";

interface User {
  readonly name: string;
}

const users = new Cache<{ readonly id: number }, User | null>({
  backend: new MemoryBackend(),
  serializer: json(),
  keyText: ({ id }) => `${id}`,
});

test("reads give the declared value, the default, or undefined", () => {
  expectTypeOf(users.get({ id: 1 })).resolves.toEqualTypeOf<User | null | undefined>();
  expectTypeOf(users.get({ id: 1 }, "none" as const)).resolves.toEqualTypeOf<User | null | "none">();
  expectTypeOf(users.getOrThrow({ id: 1 })).resolves.toEqualTypeOf<User | null>();
  expectTypeOf(users.peek({ id: 1 })).toEqualTypeOf<User | null | undefined>();
  expectTypeOf(users.take({ id: 1 })).resolves.toEqualTypeOf<User | null | undefined>();
});

test("getMany gives hits of the key and the value", async () => {
  const hits = await users.getMany([{ id: 1 }]);
  expectTypeOf(hits.get({ id: 1 })).toEqualTypeOf<User | null | undefined>();
  for (const [key, value] of hits) {
    expectTypeOf(key).toEqualTypeOf<{ readonly id: number }>();
    expectTypeOf(value).toEqualTypeOf<User | null>();
  }
});

test("a wrong key or value does not compile", () => {
  // @ts-expect-error -- the id is a number
  users.get({ id: "1" });
  // @ts-expect-error -- there is no such parameter
  users.get({ id: 1, name: "x" });
  // @ts-expect-error -- a user has a name
  users.set({ id: 1 }, {});
  // @ts-expect-error -- undefined cannot be stored
  users.set({ id: 1 }, undefined);
});

test("setMany takes a record where keys are strings, and there alone", () => {
  const numbers = new Cache<string, number>({ backend: new MemoryBackend(), serializer: json() });
  numbers.setMany({ a: 1, b: 2 });
  numbers.setMany(new Map([["a", 1]]));
  numbers.setMany([["a", 1]]);
  new Cache<"a" | "b", number>({ backend: new MemoryBackend(), serializer: json() }).setMany({ a: 1, b: 2 });
  users.setMany([[{ id: 1 }, null]]);
  // @ts-expect-error -- texts are no numbers
  numbers.setMany({ a: "1" });
  // @ts-expect-error -- undefined cannot be stored
  numbers.setMany({ a: undefined });
  // @ts-expect-error -- c is no key
  new Cache<"a" | "b", number>({ backend: new MemoryBackend(), serializer: json() }).setMany({ c: 1 });
  // @ts-expect-error -- these keys are no strings
  users.setMany({ a: null });
});

test("a ttl has a unit", () => {
  users.set({ id: 1 }, null, { ttl: "10m" });
  users.set({ id: 1 }, null, { ttl: "PT5M" });
  users.set({ id: 1 }, null, { ttl: "forever" });
  users.set({ id: 1 }, null, { ttl: { ms: 5 } });
  // @ts-expect-error -- seconds or milliseconds?
  users.set({ id: 1 }, null, { ttl: 10 });
  // @ts-expect-error -- no unit
  users.set({ id: 1 }, null, { ttl: "10" });
  // @ts-expect-error -- unknown unit
  users.set({ id: 1 }, null, { ttl: "10 weeks" });
});

test("a loader's undefined shows in the result, and only then", () => {
  expectTypeOf(users.getOrSet({ id: 1 }, () => null)).resolves.toEqualTypeOf<User | null>();
  expectTypeOf(users.getOrSet({ id: 1 }, async () => undefined)).resolves.toEqualTypeOf<User | null | undefined>();
  expectTypeOf(users.refresh({ id: 1 }, ({ id }) => ({ name: `${id}` }))).resolves.toEqualTypeOf<User | null>();
  // @ts-expect-error -- the loader gives no user
  users.getOrSet({ id: 1 }, () => 7);
});

test("getOrSetMany takes an aligned array, pairs or a map, of the value's type", () => {
  users.getOrSetMany([{ id: 1 }], (keys) => keys.map(() => null));
  users.getOrSetMany([{ id: 1 }], (keys) => new Map(keys.map((key) => [key, null])));
  users.getOrSetMany([{ id: 1 }], (keys) => keys.map((key) => [key, { name: "x" }] as const));
  // @ts-expect-error -- numbers are no users
  users.getOrSetMany([{ id: 1 }], (keys) => keys.map(() => 7));
});

test("clear takes some of the parameters, with their types", () => {
  users.clear();
  users.clear({ id: 1 });
  // @ts-expect-error -- the id is a number
  users.clear({ id: "1" });
  // @ts-expect-error -- keys that are strings have no parameters
  new Cache<string, number>({ backend: new MemoryBackend(), serializer: json() }).clear("a");
});

test("a chain whose steps do not fit does not compile", () => {
  expectTypeOf(chain(text(), zlib())).toExtend<Serializer<string, Uint8Array>>();
  chain(json<User>(), zlib());
  chain(bytes(), zlib());
  // @ts-expect-error -- text cannot take the bytes that zlib makes
  chain(zlib(), text());
  // @ts-expect-error -- a compressor cannot take the value that noop leaves
  chain(noop(), zlib());
});

test("a serializer of another value does not compile", () => {
  // @ts-expect-error -- text carries strings
  new Cache<string, number>({ backend: new MemoryBackend(), serializer: text() });
});

test("cached keeps the parameters and the result", () => {
  const numbers = new Cache<string, number>({ backend: new MemoryBackend(), serializer: json() });
  async function size(path: string, deep?: boolean): Promise<number> {
    return path.length + Number(deep);
  }
  const wrapped = cached(numbers)(size);
  expectTypeOf(wrapped).parameters.toEqualTypeOf<Parameters<typeof size>>();
  expectTypeOf(wrapped).returns.resolves.toEqualTypeOf<number>();
  expectTypeOf(wrapped.purge).parameters.toEqualTypeOf<Parameters<typeof size>>();
  // @ts-expect-error -- the path is a string
  wrapped(1);
  // @ts-expect-error -- the cache holds numbers
  cached(numbers)(async (path: string) => path);
});

test("a KeyvStore is a store of Keyv, and a Keyv of any type makes a backend", () => {
  expectTypeOf<KeyvStore>().toExtend<KeyvStoreAdapter>();
  new Keyv<string>(new KeyvStore(new MemoryBackend(), { prefix: "app:" }));
  new KeyvBackend(new Keyv<string>());
  // @ts-expect-error -- a store alone has neither namespace nor envelope
  new KeyvBackend(new Map());
});
