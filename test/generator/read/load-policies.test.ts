import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const fields = ["key: c", "value: string", "backend: redis"];

function loadsOf(...lines: readonly string[]) {
  return declarationsOf(cacheWith(...fields, ...lines)).caches[0]?.loads;
}

describe("single-flight", () => {
  it("is a scope, or a mapping with times", () => {
    const none = { leaseMs: undefined, deadlineMs: undefined };
    expect(loadsOf("single-flight: cluster")?.singleFlight).toEqual({ scope: "cluster", ...none });
    expect(loadsOf("single-flight: { scope: cluster, lease: 2s, deadline: 1m }")?.singleFlight).toEqual({
      scope: "cluster",
      leaseMs: 2_000,
      deadlineMs: 60_000,
    });
    expect(loadsOf("single-flight: { deadline: 10s }")?.singleFlight).toEqual({
      ...none,
      scope: "process",
      deadlineMs: 10_000,
    });
  });

  it("is nothing that every cache does anyhow", () => {
    expect(loadsOf()?.singleFlight).toBeUndefined();
    expect(loadsOf("single-flight: process")?.singleFlight).toBeUndefined();
  });

  it.each([
    ["single-flight: server", "C1507", "server"],
    ["single-flight: { scope: all }", "C1507", "all"],
    ["single-flight: { lease: 5s }", "C1507", "5s"],
    ["single-flight: { scope: cluster, lease: forever }", "C1507", "forever"],
    ["single-flight: { deadline: 30 }", "C1101", "30"],
    ["single-flight: { deadline: 0s }", "C1101", "0s"],
    ["single-flight: { scope: cluster, lese: 5s }", "C1006", "lese"],
    ["single-flight: true", "C1008", "true"],
  ])("%s is refused", (line, code, text) => {
    expect(findingsIn(cacheWith(...fields, line))).toMatchObject([{ code, text }]);
  });
});

describe("write-back", () => {
  it("is guarded or not", () => {
    expect(loadsOf("write-back: guarded")?.isGuarded).toBe(true);
    expect(loadsOf("write-back: if-absent")?.isGuarded).toBe(false);
    expect(findingsIn(cacheWith(...fields, "write-back: guard"))).toMatchObject([
      { code: "C1008", text: "guard", hint: "Did you mean guarded?" },
    ]);
  });
});

describe("a cache that can have neither", () => {
  const [cluster, guarded] = ["single-flight: cluster", "write-back: guarded"];
  const local = ["key: c", "value: string"];

  it("is one in memory, of which nobody else loads or changes anything", () => {
    expect(findingsIn(cacheWith(...local, cluster ?? "", guarded ?? ""))).toMatchObject([
      { code: "C1508", text: "cluster", message: expect.stringContaining('its backend "local" is in one process') },
      { code: "C1508", text: "guarded", hint: "Leave it out" },
    ]);
    expect(findingsIn(cacheWith(...local, "single-flight: { deadline: 10s }"))).toEqual([]);
  });

  it("is a synchronous one, of which nobody waits", () => {
    const sync = [...fields, "mode: sync", "blocking: true"];
    expect(findingsIn(cacheWith(...sync, cluster ?? "", guarded ?? ""))).toMatchObject([
      { code: "C1508", text: "cluster", message: expect.stringContaining("it is synchronous") },
      { code: "C1508", text: "guarded" },
    ]);
    expect(findingsIn(cacheWith(...sync, "single-flight: { deadline: 10s }"))).toMatchObject([{ code: "C1508" }]);
    expect(findingsIn(cacheWith(...sync, "single-flight: process", "write-back: if-absent"))).toEqual([]);
  });

  it("does not take the default", () => {
    const yaml = cacheWith(...local).replace("ttl: 1h", `ttl: 1h, ${cluster}, ${guarded}`);
    expect(findingsIn(yaml)).toEqual([]);
    expect(declarationsOf(yaml).caches[0]?.loads).toEqual({ singleFlight: undefined, isGuarded: false });
  });
});

it("jitter, negative, sizes and a ttl of the value are for synchronous caches as well", () => {
  const yaml = cacheWith(
    "key: c",
    "value: string | null",
    "mode: sync",
    "ttl: { function: ./a.ts#b, max: 1h }",
    "jitter: 10%",
    "negative: skip",
    "max-value-size: 1mb",
  );
  expect(findingsIn(yaml)).toEqual([]);
});

it("are for two layers, of which the second one counts", () => {
  const [cache] = declarationsOf(
    cacheWith("key: c", "value: string", "layers: [local, redis]", "single-flight: cluster", "write-back: guarded"),
  ).caches;
  expect(cache?.loads).toMatchObject({ singleFlight: { scope: "cluster" }, isGuarded: true });
});
