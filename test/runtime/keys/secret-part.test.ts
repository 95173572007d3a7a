import { randomBytes } from "node:crypto";
import { Cache, json, MemoryBackend, SyncCache } from "@cachetory/runtime";
import { fitKey, type KeyPattern, secretPart } from "@cachetory/runtime/codegen/v1/core";
import { afterEach, describe, expect, test, vi } from "vitest";

const fixed = Buffer.from(Uint8Array.from({ length: 32 }, (_, index) => index)).toString("base64");

afterEach(() => vi.unstubAllEnvs());

function pattern(segments: KeyPattern["segments"], secret = "TEST_KEY_SECRET"): KeyPattern {
  return { segments, secret };
}

const session = (): KeyPattern => pattern(["session:", { name: "token", type: "secret" }]);

// By Python's `hmac`, of the secret 00 01 … 1f and the text [["session:",null],1,<the value>]: a changed line here is a cold
// cache for every user.
describe("the digest is frozen", () => {
  test.each([
    ["abc", "f3203ef64738628e63fde4d702fd8eca"],
    ["", "8d84490a09b0542cd828479985b48123"],
    ['a"b:ü', "c38633468f43aea361e27dc5d9205078"],
    ["\ud800", "e760c9ba7238ee72a8d2dc098c0a295d"],
  ])("of %j it is %s", (value, digest) => {
    vi.stubEnv("TEST_KEY_SECRET", fixed);
    expect(secretPart(value, "sessions.token", session(), 1)).toBe(digest);
  });

  test("and another one in another place of the key, and in another key", () => {
    vi.stubEnv("TEST_KEY_SECRET", fixed);
    const twice = pattern([{ name: "a", type: "secret" }, ":", { name: "b", type: "secret" }]);
    expect([secretPart("abc", "c.a", twice, 0), secretPart("abc", "c.b", twice, 2)]).toEqual([
      "0301e0547575673292908c9ca04120fa",
      "a678f608e8058c3a3fcf38a9aec766fd",
    ]);
  });

  test("whatever parameters are called, and in base64url", () => {
    vi.stubEnv("TEST_KEY_SECRET", Buffer.from(fixed, "base64").toString("base64url"));
    const renamed = pattern(["session:", { name: "id", type: "secret" }]);
    expect(secretPart("abc", "sessions.id", renamed, 1)).toBe("f3203ef64738628e63fde4d702fd8eca");
  });
});

describe("a secret that is", () => {
  const refusal = (): unknown => {
    try {
      return secretPart("abc", "sessions.token", session(), 1);
    } catch (error) {
      return error;
    }
  };

  test("not set is missing, by the name of its variable", () => {
    vi.stubEnv("TEST_KEY_SECRET", undefined);
    expect(refusal()).toMatchObject({
      code: "MISSING_ENVIRONMENT",
      message:
        "The key parameter sessions.token needs the environment variable TEST_KEY_SECRET: set it to 32 random bytes in base64.",
    });
  });

  test.each([
    ["c2hvcnQ=", "has 5 bytes, and needs 32"],
    [`${fixed}!`, "is no base64"],
  ])("no secret is refused, and not printed", (text, what) => {
    vi.stubEnv("TEST_KEY_SECRET", text);
    expect(refusal()).toMatchObject({
      code: "INVALID_SECRET",
      message: `The key parameter sessions.token: TEST_KEY_SECRET ${what}. Make one with: openssl rand -base64 32`,
    });
  });
});

test.each([undefined, null, 1, ["abc"]])("%j is no value of the parameter", (value) => {
  vi.stubEnv("TEST_KEY_SECRET", fixed);
  expect(() => secretPart(value as never, "sessions.token", session(), 1)).toThrow(
    expect.objectContaining({
      code: "INVALID_KEY",
      message: expect.stringMatching(/^Key parameter sessions\.token must be a string, but is /),
    }),
  );
});

describe.each([Cache, SyncCache])("%o", (Kind) => {
  interface Key {
    readonly token: string;
    readonly page: number;
  }
  const keyPattern = pattern(["session:", { name: "token", type: "secret" }, ":", { name: "page", type: "int" }]);
  const make = (backend: MemoryBackend): Cache<Key, number> | SyncCache<Key, number> =>
    new Kind<Key, number>({
      name: "sessions",
      backend,
      serializer: json(),
      prefix: "app:",
      pattern: keyPattern,
      keyText: ({ token, page }) =>
        fitKey(`session:${secretPart(token, "sessions.token", keyPattern, 1)}:${page}`, keyPattern),
    });

  test("keeps the value of the parameter out of its keys, and clears by it", async () => {
    vi.stubEnv("TEST_KEY_SECRET", randomBytes(32).toString("base64"));
    const backend = new MemoryBackend();
    const cache = make(backend);
    await cache.set({ token: "tok-abc", page: 1 }, 1);
    await cache.set({ token: "tok-abc", page: 2 }, 2);
    await cache.set({ token: "tok-xyz", page: 1 }, 3);
    const keys: string[] = [];
    for await (const batch of backend.scan({ head: "", owns: () => true })) keys.push(...batch);
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(key).toMatch(/^app:session:[0-9a-f]{32}:[12]$/);
    expect(cache.keyOf({ token: "tok-abc", page: 1 })).toBe(keys[0]);

    expect(await cache.clear({ token: "tok-abc" })).toBe(2);
    expect(await cache.get({ token: "tok-xyz", page: 1 })).toBe(3);
    expect(await cache.clear()).toBe(1);
  });

  test("refuses to clear by what is no text, without printing it", async () => {
    vi.stubEnv("TEST_KEY_SECRET", randomBytes(32).toString("base64"));
    const clear = async (): Promise<number> => make(new MemoryBackend()).clear({ token: 12345 as never });
    await expect(clear()).rejects.toMatchObject({
      code: "INVALID_KEY",
      message: "Key parameter sessions.token must be a string, but is a number.",
    });
  });
});
