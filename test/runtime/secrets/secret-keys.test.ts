import { randomBytes } from "node:crypto";
import { aesGcm, CachetoryError, hmac, type SecretKeys, serializerFromUrl } from "@cachetory/runtime";
import { afterEach, describe, expect, test, vi } from "vitest";

const context = { key: "user:1" };
const ada = new TextEncoder().encode("Ada");
const first = randomBytes(32);
const second = randomBytes(40);

afterEach(() => vi.unstubAllEnvs());

function errorOf(run: () => unknown): CachetoryError {
  try {
    run();
  } catch (error) {
    if (error instanceof CachetoryError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown.");
}

describe("keys of the environment", () => {
  test.each(["base64", "base64url"] as const)("are read as %s, when they are first needed", (form) => {
    const step = aesGcm({ keys: "TEST_CACHE_KEYS" });
    vi.stubEnv("TEST_CACHE_KEYS", ` k2:${second.toString(form)}, k1:${first.toString(form)} `);
    const before = aesGcm({ keys: [{ id: "k1", key: first }] }).serialize(ada, context);
    const entry = step.serialize(ada, context);
    expect(aesGcm({ keys: [{ id: "k2", key: second }] }).deserialize(entry, context)).toEqual(ada);
    expect(step.deserialize(before, context)).toEqual(ada);
  });

  test("that are not there are said to be missing, by the name of the variable", () => {
    const step = serializerFromUrl("bytes+aes-gcm://?keys=TEST_CACHE_KEYS");
    for (const value of [undefined, "", "  "]) {
      vi.stubEnv("TEST_CACHE_KEYS", value);
      const error = errorOf(() => step.serialize(ada, context));
      expect(error.code).toBe("MISSING_ENVIRONMENT");
      expect(error.message).toBe(
        "aes-gcm needs the environment variable TEST_CACHE_KEYS: set it to its keys: id:base64, and more after commas.",
      );
    }
  });

  const good = first.toString("base64");
  test.each([
    [good, "key 1 in TEST_CACHE_KEYS is not of the form id:base64"],
    [`k1:${good},`, "key 2 in TEST_CACHE_KEYS is not of the form id:base64"],
    [`k 1:${good}`, "the id of key 1 in TEST_CACHE_KEYS is not 1 to 64 letters, digits, _, . and -"],
    [`:${good}`, "the id of key 1 in TEST_CACHE_KEYS is not 1 to 64 letters, digits, _, . and -"],
    [`k1:${good},k1:${good}`, "key 2 has the id of another one"],
    [`k1:${good.slice(0, 40)}`, "key 1 in TEST_CACHE_KEYS has 30 bytes, and needs 32"],
    [`k1:${good}!`, "key 1 in TEST_CACHE_KEYS is no base64"],
    ["k1:", "key 1 in TEST_CACHE_KEYS is no base64"],
  ])("that are none are refused without their content", (value, message) => {
    vi.stubEnv("TEST_CACHE_KEYS", value);
    const error = errorOf(() => hmac({ keys: "TEST_CACHE_KEYS" }).serialize(ada, context));
    expect(error.code).toBe("INVALID_SECRET");
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(good.slice(0, 8));
  });
});

describe("keys that are given", () => {
  test.each<[unknown, string]>([
    [[], "there is no key in the list"],
    [[{ id: "k1", key: new Uint8Array(31) }], "key 1 is no Uint8Array of 32 bytes or more"],
    [[{ id: "k1", key: first.toString("base64") }], "key 1 is no Uint8Array of 32 bytes or more"],
    [[{ id: "", key: first }], "the id of key 1"],
    [[null], "the id of key 1"],
    [[{ id: "a".repeat(65), key: first }], "the id of key 1"],
  ])("and are no good are refused when the step is made", (keys, message) => {
    const error = errorOf(() => aesGcm({ keys: keys as SecretKeys }));
    expect(error.code).toBe("INVALID_SECRET");
    expect(error.message).toContain(message);
  });

  test("and come of a function that fails leave its error as the cause", () => {
    const cause = new Error("the store is away");
    const step = aesGcm({
      keys: () => {
        throw cause;
      },
    });
    expect(errorOf(() => step.serialize(ada, context))).toMatchObject({ code: "INVALID_SECRET", cause });
  });

  test("and come of a function as anything else are refused", () => {
    const step = aesGcm({ keys: () => undefined as never });
    expect(errorOf(() => step.serialize(ada, context)).code).toBe("INVALID_SECRET");
  });
});

test.each([undefined, 1, {}, "k1:c2VjcmV0", "TEST CACHE KEYS"])(
  "%j is no source of keys, and is not printed",
  (keys) => {
    const error = errorOf(() => aesGcm({ keys: keys as SecretKeys }));
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.message).not.toContain("c2VjcmV0");
  },
);

test.each([
  "json+aes-gcm",
  "json+aes-gcm://?keys=",
  "json+aes-gcm://?keys=k1:c2VjcmV0c2VjcmV0",
  "json+aes-gcm://?keys=$c2VjcmV0c2VjcmV0",
  "json+aes-gcm://?compression-level=1&keys=c2VjcmV0c2VjcmV0+/=",
  "json+aes-gcm://keys=k1:c2VjcmV0c2VjcmV0",
])("the URL %s is refused, and nothing of a key printed", (url) => {
  const error = errorOf(() => serializerFromUrl(url));
  expect(["INVALID_OPTION", "INVALID_URL"]).toContain(error.code);
  expect(error.message).not.toContain("c2VjcmV0");
});
