import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const declared = ["key: session:{token:secret}", "value: number"];

describe("key-secret", () => {
  it("names the variable of a cache with a secret parameter", () => {
    const [cache] = declarationsOf(cacheWith(...declared, "key-secret: CACHE_KEY_SECRET")).caches;
    expect(cache?.keySecret?.variable).toBe("CACHE_KEY_SECRET");
    expect(cache?.key.segments[1]).toEqual({ kind: "parameter", name: "token", type: { kind: "secret" } });
  });

  it("may stand in the defaults, for those caches that need it", () => {
    const shared = (...lines: readonly string[]): string =>
      cacheWith(...lines).replace("ttl: 1h", "ttl: 1h, key-secret: SHARED_SECRET");
    expect(declarationsOf(shared(...declared)).caches[0]?.keySecret?.variable).toBe("SHARED_SECRET");
    const own = declarationsOf(shared(...declared, "key-secret: OWN_SECRET"));
    expect(own.caches[0]?.keySecret?.variable).toBe("OWN_SECRET");
    expect(declarationsOf(shared("key: c:{id}", "value: number")).caches[0]?.keySecret).toBeUndefined();
  });

  it("is missing where a parameter is secret", () => {
    expect(findingsIn(cacheWith(...declared))).toEqual([
      {
        at: "8:10",
        text: "session:{token:secret}",
        code: "C1240",
        message:
          'the parameter "token" is secret, but no "key-secret" says which environment variable holds the secret',
        hint: 'For example: key-secret: CACHE_KEY_SECRET, here or in "defaults"',
      },
    ]);
  });

  it("has nothing to do where none is", () => {
    expect(findingsIn(cacheWith("key: c:{id}", "value: number", "key-secret: A"))).toEqual([
      {
        at: "10:17",
        text: "A",
        code: "C1241",
        message: '"key-secret" has nothing to do: no parameter of "c" is secret',
        hint: "Leave it out, or write the type of a parameter: {token:secret}",
      },
    ]);
  });

  it.each(["c2VjcmV0c2VjcmV0Cg==", "$" + "{CACHE_KEY_SECRET}", "k1:c2VjcmV0"])(
    "is never the secret itself: %s",
    (text) => {
      const [found, ...others] = findingsIn(cacheWith(...declared, `key-secret: "${text}"`));
      expect(found).toMatchObject({ code: "C1008", message: '"key-secret" is no name of an environment variable' });
      expect(`${found?.message} ${found?.hint}`).not.toContain("c2VjcmV0");
      expect(others).toEqual([]);
    },
  );
});
