import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const fields = ["key: c", "value: string"];

/** A file whose one cache is on a Redis by default. */
function onRedis(defaults: string, ...lines: readonly string[]): string {
  return cacheWith(...fields, ...lines).replace("backend: local", `backend: redis${defaults}`);
}

function modeOf(yaml: string): string | undefined {
  return declarationsOf(yaml).caches[0]?.mode;
}

describe("mode", () => {
  it("is async where nothing is said", () => {
    expect(modeOf(cacheWith(...fields))).toBe("async");
  });

  it("may be sync in memory, and of a cache that stores nothing", () => {
    expect(modeOf(cacheWith(...fields, "mode: sync"))).toBe("sync");
    expect(modeOf(cacheWith(...fields, "mode: sync", "backend: none"))).toBe("sync");
  });

  it("is that of the defaults, unless the cache has its own", () => {
    const defaults = (yaml: string): string => yaml.replace("ttl: 1h", "ttl: 1h, mode: sync");
    expect(modeOf(defaults(cacheWith(...fields)))).toBe("sync");
    expect(modeOf(defaults(cacheWith(...fields, "mode: async", "backend: redis")))).toBe("async");
  });

  it("is sync or async, and nothing else", () => {
    expect(findingsIn(cacheWith(...fields, "mode: synk"))).toEqual([
      {
        at: "10:11",
        text: "synk",
        code: "C1008",
        message: '"mode" must be async or sync, not the text "synk"',
        hint: "Did you mean sync?",
      },
    ]);
    expect(findingsIn(cacheWith(...fields, "mode: parallel"))).toMatchObject([{ hint: "For example: mode: sync" }]);
    expect(findingsIn(cacheWith(...fields, "mode: true"))).toMatchObject([
      { text: "true", code: "C1008", hint: "For example: mode: sync" },
    ]);
    expect(findingsIn(cacheWith(...fields, "blocking: yes"))).toMatchObject([
      { text: "yes", code: "C1008", message: '"blocking" must be true or false, not the text "yes"' },
    ]);
  });

  it("has no further finding where it, or blocking, is misspelt", () => {
    expect(findingsIn(onRedis(", mode: sync", "mode: synk"))).toMatchObject([{ code: "C1008" }]);
    expect(findingsIn(onRedis("", "mode: sync", "blocking: 1"))).toMatchObject([{ code: "C1008", text: "1" }]);
  });
});

describe("a synchronous cache on a network", () => {
  const hint = "Leave mode out, or write blocking: true if that is meant, as in scripts, build tools and start-up code";

  it("is refused where mode is written", () => {
    expect(findingsIn(cacheWith(...fields, "mode: sync", "backend: redis"))).toEqual([
      {
        at: "10:11",
        text: "sync",
        code: "C1501",
        message:
          'cache "c" is synchronous, and its backend "redis" may be a server (redis://): each call would stop the whole process until it answers',
        hint,
      },
    ]);
  });

  it("is refused at its name where the defaults say so", () => {
    expect(findingsIn(onRedis(", mode: sync"))).toMatchObject([{ at: "7:3", text: "c", code: "C1501", hint }]);
  });

  it.each([
    ["a variable", "'${REDIS_URL}'"],
    ["a variable with a default in memory", "'${REDIS_URL:-memory://}'"],
    ["a variable with memory in development", "{ url: '${REDIS_URL}', development: 'memory://' }"],
    ["a scheme that is a variable", "'${SCHEME}://localhost'"],
    ["a server in development alone", "{ url: '${REDIS_URL}', development: 'redis://localhost' }"],
  ])("is refused for %s", (_, url) => {
    const yaml = cacheWith(...fields, "mode: sync", "backend: redis").replace(
      "redis: redis://localhost",
      `redis: ${url}`,
    );
    expect(findingsIn(yaml).map(({ code }) => code)).toContain("C1501");
  });

  it("is fine with blocking: true, of the cache or of the defaults", () => {
    expect(modeOf(onRedis("", "mode: sync", "blocking: true"))).toBe("sync");
    expect(modeOf(onRedis(", mode: sync, blocking: true"))).toBe("sync");
    expect(findingsIn(onRedis(", mode: sync, blocking: true", "blocking: false"))).toMatchObject([{ code: "C1501" }]);
  });
});

describe("a synchronous cache does not offload", () => {
  const compressed = ["mode: sync", "serializer: text+zlib"];

  it("what it says itself", () => {
    expect(findingsIn(cacheWith(...fields, ...compressed, "offload: 64kb"))).toEqual([
      {
        at: "12:14",
        text: "64kb",
        code: "C1503",
        message: '"offload" has nothing to do: a synchronous cache does not wait for worker threads',
        hint: "Leave it out, or leave out mode",
      },
    ]);
  });

  it("what the defaults say, which must be of use to another", () => {
    const defaults = (yaml: string): string => yaml.replace("ttl: 1h", "ttl: 1h, offload: 64kb");
    expect(findingsIn(defaults(cacheWith(...fields, ...compressed)))).toMatchObject([{ code: "C1503", text: "64kb" }]);
    const both = `${cacheWith(...fields, ...compressed)}  d: { key: d, value: string, serializer: text+zlib }\n`;
    const { caches } = declarationsOf(defaults(both));
    expect(caches.map(({ offload }) => offload?.text)).toEqual([undefined, "64kb"]);
  });
});

describe("blocking: true", () => {
  it("is idle where a cache gives promises", () => {
    expect(findingsIn(onRedis("", "blocking: true"))).toEqual([
      {
        at: "10:15",
        text: "true",
        code: "C1504",
        message: '"blocking" of cache "c" has no effect, for it is not synchronous',
        hint: "Leave it out, or write mode: sync",
      },
    ]);
  });

  it("is idle where the backend is no server", () => {
    expect(findingsIn(cacheWith(...fields, "mode: sync", "blocking: true"))).toMatchObject([
      { code: "C1504", message: '"blocking" of cache "c" has no effect, for its backend "local" is no server' },
    ]);
  });

  it("in the defaults is there for those that need it", () => {
    expect(modeOf(cacheWith(...fields).replace("ttl: 1h", "ttl: 1h, blocking: true"))).toBe("async");
  });
});
