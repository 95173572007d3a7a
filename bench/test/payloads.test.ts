import { describe, expect, it } from "vitest";
import { asRead } from "../src/payloads/as-read.ts";
import { payloads, valuesOf } from "../src/payloads/payloads.ts";
import { Random } from "../src/payloads/random.ts";

/** Average bytes of JSON that the goals were set for. */
const sizes: Readonly<Record<string, number>> = {
  user: 394,
  catalogue: 12_750,
  decimals: 19_842,
  floats: 32_597,
  config: 4469,
  feed: 93_916,
  article: 1709,
};

describe("payloads", () => {
  it.each(payloads)("$name is the same values every time", (payload) => {
    expect(valuesOf(payload)).toEqual(valuesOf(payload));
    expect(valuesOf(payload)).toHaveLength(payload.copies);
  });

  it.each(payloads)("$name is read as it is made", ({ make }) => {
    const made = make(new Random(7));
    expect(asRead(made)).toStrictEqual(made);
  });

  it.each(Object.entries(sizes))("%s is as large as what its goals were set for", (name, bytes) => {
    const payload = payloads.find((each) => each.name === name);
    if (payload === undefined) throw new Error(`There is no payload ${name}.`);
    const values = valuesOf(payload);
    const sum = values.reduce<number>((total, value) => total + Buffer.byteLength(JSON.stringify(value)), 0);
    expect(Math.abs(sum / values.length / bytes - 1)).toBeLessThan(0.05);
  });
});
