import { expect, test } from "vitest";
import { codecsByHand } from "../src/codecs/by-hand/by-hand.ts";
import { payloads, valuesOf } from "../src/payloads/payloads.ts";

const written = payloads.flatMap((payload) => {
  const codec = codecsByHand.get(payload.name);
  return codec === undefined ? [] : [{ ...payload, codec }];
});

test("what is written by hand is of the payloads that goals name", () => {
  const names = ["user", "datedUser", "catalogue", "decimals", "floats", "config", "note", "feed", "article"];
  expect(written.map(({ name }) => name)).toEqual(names);
});

test.each(written)("$title, by hand, gives back every value", ({ codec, ...payload }) => {
  const values = valuesOf(payload);
  // Into the same memory, one after the other.
  const stored = values.map((value) => Buffer.from(codec.encode(value)));
  expect(stored.map((bytes) => codec.decode(bytes))).toStrictEqual(values);
});
