import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const fields = ["key: c", "value: string"];

function policiesOf(...lines: readonly string[]) {
  return declarationsOf(cacheWith(...fields, ...lines)).caches[0]?.values;
}

describe("jitter", () => {
  it.each([
    ["10%", 0.1],
    ["0.5%", 0.005],
    ["33.3%", 0.333],
    ["99%", 0.99],
  ])("%s is a share of the ttl", (text, share) => {
    expect(policiesOf(`jitter: ${text}`)?.jitter).toEqual({ text, share });
  });

  it.each(["0%", "100%", "-1%", "10", "0.1", "some", "1e1%", "true"])("%s is none", (text) => {
    expect(findingsIn(cacheWith(...fields, `jitter: ${text}`))).toMatchObject([{ code: "C1507", text }]);
  });

  it("says how a number is written", () => {
    expect(findingsIn(cacheWith(...fields, "jitter: 0.1"))).toEqual([
      {
        at: "10:13",
        text: "0.1",
        code: "C1507",
        message: '"jitter" must be a share of the ttl, more than 0% and less than 100%, not "0.1"',
        hint: "Write 10%",
      },
    ]);
  });
});

describe("max-value-size", () => {
  it("is a size with a unit", () => {
    expect(policiesOf("max-value-size: 64KB")?.maxValueSize).toEqual({ text: "64kb", bytes: 65_536 });
  });

  it.each(["0b", "-1kb", "large", "true"])("%s is none", (text) => {
    expect(findingsIn(cacheWith(...fields, `max-value-size: ${text}`))).toMatchObject([{ code: "C1507", text }]);
  });

  it("asks for the unit of a bare number", () => {
    expect(findingsIn(cacheWith(...fields, "max-value-size: 64"))).toMatchObject([
      { code: "C1507", hint: "Write 64kb for kilobytes or 64b for bytes" },
    ]);
  });

  it("has nothing to measure of noop; a default is not for such a cache", () => {
    expect(findingsIn(cacheWith(...fields, "serializer: noop", "max-value-size: 1mb"))).toMatchObject([
      { code: "C1508", text: "1mb" },
    ]);
    const yaml = cacheWith(...fields, "serializer: noop").replace("ttl: 1h", "ttl: 1h, max-value-size: 1mb");
    expect(declarationsOf(yaml).caches[0]?.values.maxValueSize).toBeUndefined();
  });
});

describe("negative", () => {
  it("is store, skip or a ttl", () => {
    expect(policiesOf("negative: store")?.negative).toEqual({ kind: "store" });
    expect(policiesOf("negative: skip")?.negative).toEqual({ kind: "skip" });
    expect(policiesOf("negative: { ttl: 30s }")?.negative).toEqual({ kind: "ttl", ttl: { ms: 30_000 } });
  });

  it("is nothing else", () => {
    expect(findingsIn(cacheWith(...fields, "negative: never"))).toMatchObject([
      { code: "C1507", text: "never", hint: "For example: negative: { ttl: 30s }" },
    ]);
    expect(findingsIn(cacheWith(...fields, "negative: { ttl: 30 }"))).toMatchObject([{ code: "C1101", text: "30" }]);
    expect(findingsIn(cacheWith(...fields, "negative: {}"))).toMatchObject([{ code: "C1007" }]);
    expect(findingsIn(cacheWith(...fields, "negative: { tll: 30s, ttl: 30s }"))).toMatchObject([
      { code: "C1006", text: "tll", hint: 'Did you mean "ttl"? Known here: ttl' },
    ]);
    expect(findingsIn(cacheWith(...fields, "negative: true"))).toMatchObject([{ code: "C1008", text: "true" }]);
  });
});

describe("a ttl that a function says", () => {
  const ttl = "ttl: { function: ./src/ttl.ts#Ttls.page, max: 2h }";

  it("has a bound, which is the ttl of the cache", () => {
    const [cache] = declarationsOf(cacheWith(...fields, ttl)).caches;
    expect(cache?.ttl).toEqual({ ms: 7_200_000 });
    expect(cache?.values.ttlFunction).toMatchObject({ module: "./src/ttl.ts", path: ["Ttls", "page"] });
  });

  it("may be that of the defaults, which a ttl of the cache takes the place of", () => {
    const yaml = (...lines: readonly string[]): string => cacheWith(...fields, ...lines).replace("ttl: 1h", ttl);
    expect(declarationsOf(yaml()).caches[0]).toMatchObject({ ttl: { ms: 7_200_000 }, values: { ttlFunction: {} } });
    const [own] = declarationsOf(yaml("ttl: 5m")).caches;
    expect(own?.ttl).toEqual({ ms: 300_000 });
    expect(own?.values.ttlFunction).toBeUndefined();
  });

  it("needs both a function and a bound", () => {
    expect(findingsIn(cacheWith(...fields, "ttl: { function: ./a.ts#b }"))).toMatchObject([
      {
        code: "C1007",
        message: expect.stringContaining('"ttl" of cache "c" has no "max"'),
        hint: "For example: max: 1h",
      },
    ]);
    expect(findingsIn(cacheWith(...fields, "ttl: { max: 1h }"))).toMatchObject([{ code: "C1007" }]);
  });

  it("is named as a function, and bounded by a duration", () => {
    expect(findingsIn(cacheWith(...fields, "ttl: { function: pageTtl, max: 1h }"))).toMatchObject([
      { code: "C2106", text: "pageTtl" },
    ]);
    expect(findingsIn(cacheWith(...fields, "ttl: { function: ./a.ts#b, max: 60 }"))).toMatchObject([
      { code: "C1101", text: "60" },
    ]);
  });

  it("knows no other property", () => {
    expect(findingsIn(cacheWith(...fields, "ttl: { function: ./a.ts#b, max: 1h, min: 1s }"))).toMatchObject([
      { code: "C1006", text: "min", message: expect.stringContaining('in "ttl" of cache "c"') },
    ]);
  });
});
