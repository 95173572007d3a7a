import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const fields = ["key: c", "value: string"];

function protectionOf(...lines: readonly string[]) {
  return declarationsOf(cacheWith(...fields, "backend: redis", ...lines)).caches[0]?.protection;
}

function codesOf(...lines: readonly string[]) {
  return findingsIn(cacheWith(...fields, ...lines)).map(({ code, text }) => [code, text]);
}

/** With this among the defaults. */
function withDefault(line: string, ...lines: readonly string[]): string {
  return cacheWith(...fields, ...lines).replace("ttl: 1h", `ttl: 1h, ${line}`);
}

describe("gutter", () => {
  it("is what is written, and nothing where nothing is", () => {
    expect(protectionOf()?.gutter).toBeUndefined();
    expect(protectionOf("gutter: true")?.gutter).toEqual({ ttlMs: undefined, maxEntries: undefined });
    expect(protectionOf("gutter: false")?.gutter).toBe("none");
    expect(protectionOf("gutter: { ttl: PT2S }")?.gutter).toEqual({ ttlMs: 2000, maxEntries: undefined });
    expect(protectionOf("gutter: { max-entries: 7 }")?.gutter).toEqual({ ttlMs: undefined, maxEntries: 7 });
  });

  it("is for backends that may fail", () => {
    expect(codesOf("gutter: { ttl: 2s }")).toEqual([["C1925", "{ ttl: 2s }"]]);
    expect(codesOf("backend: redis", "mode: sync", "blocking: true", "gutter: true")).toEqual([]);
    expect(codesOf("gutter: false")).toEqual([]);
  });

  it("of the defaults is for those caches that can use it", () => {
    expect(declarationsOf(withDefault("gutter: { ttl: 2s }", "backend: redis")).caches[0]?.protection.gutter).toEqual({
      ttlMs: 2000,
      maxEntries: undefined,
    });
    expect(declarationsOf(withDefault("gutter: { ttl: 2s }")).caches[0]?.protection.gutter).toBeUndefined();
  });
});

describe("on-backend-error", () => {
  it("says what becomes of reads, where it is not what becomes of them anyway", () => {
    expect(protectionOf("on-backend-error: throw")?.onBackendError).toBe("throw");
    expect(protectionOf("on-backend-error: miss")?.onBackendError).toBeUndefined();
  });

  it("leaves a gutter nothing to do", () => {
    expect(codesOf("backend: redis", "on-backend-error: throw", "gutter: true")).toEqual([["C1925", "true"]]);
    expect(codesOf("backend: redis", "on-backend-error: throw", "gutter: false")).toEqual([]);
    const yaml = withDefault("on-backend-error: throw", "backend: redis", "gutter: true");
    expect(findingsIn(yaml).map(({ code }) => code)).toEqual(["C1925"]);
    const other = withDefault("on-backend-error: throw", "backend: redis", "gutter: true", "on-backend-error: miss");
    expect(declarationsOf(other).caches[0]?.protection).toMatchObject({ gutter: {}, onBackendError: undefined });
  });
});

describe("max-loads", () => {
  it("is a whole number", () => {
    expect(protectionOf("max-loads: 3")?.maxLoads).toBe(3);
    expect(codesOf("max-loads: many").map(([code]) => code)).toEqual(["C1008"]);
  });

  it("is of use in memory as well, and of none without promises", () => {
    expect(codesOf("max-loads: 3")).toEqual([]);
    expect(codesOf("mode: sync", "max-loads: 3")).toEqual([["C1925", "3"]]);
  });
});
