import { aesGcm, CachetoryError, type EntryContext, hmac, type SealingStep } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const secret = Uint8Array.from({ length: 32 }, (_, index) => index);
const other = new Uint8Array(32).fill(7);
const keys = [{ id: "k1", key: secret }];
const context = { key: "user:1" };
const ada = new TextEncoder().encode('{"name":"Ada"}');

const steps: readonly (readonly [name: string, make: typeof aesGcm])[] = [
  ["aes-gcm", aesGcm],
  ["hmac", hmac],
];

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

function refusal(step: SealingStep, entry: Uint8Array, of: EntryContext = context): string {
  try {
    step.deserialize(entry, of);
  } catch (error) {
    if (error instanceof CachetoryError && error.code === "UNREADABLE") return error.message;
    throw error;
  }
  throw new Error("The entry was opened.");
}

// Made by Python's `cryptography`, for the secret 00 01 … 1f and, with aes-gcm, the salt 64 65 … 83: entries of these bytes
// are readable for ever.
describe("the format of entries is frozen", () => {
  const start = "4354616501026b31" + "6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283";
  const sealed = "11803240547ac32e6ecf145ab5f4";

  test.each([
    ["user:1", "", `${start}c8e02f99bf2ea9e04dcf42381b496c09`],
    ["user:1", '{"name":"Ada"}', `${start}${sealed}7095503e41ba968e752ed0791fef621c`],
    ["user:%c3%a9ü", '{"name":"Ada"}', `${start}${sealed}32e9387821ce866bfcbc080470e5f4b2`],
  ])("aes-gcm of %s: %s", (key, plain, entry) => {
    expect(Buffer.from(aesGcm({ keys }).deserialize(bytesOf(entry), { key })).toString()).toBe(plain);
  });

  test.each([
    ["user:1", "", "a37d45f69d55c954c67ced8027b16de4ef3c8c82e6db6a544097575dd6f421"],
    ["user:1", '{"name":"Ada"}', ""],
  ])("hmac of %s: %s", (key, plain) => {
    const entry = {
      "": "4354686d01026b316aa37d45f69d55c954c67ced8027b16de4ef3c8c82e6db6a544097575dd6f421",
      '{"name":"Ada"}':
        "4354686d01026b31bf4d9e33c2ebed9aa56cec39f7667ca0c2f3ff77fb98a080a1d2646241895de87b226e616d65223a22416461227d",
    }[plain];
    const step = hmac({ keys });
    expect(Buffer.from(step.serialize(Buffer.from(plain), { key })).toString("hex")).toBe(entry);
    expect(Buffer.from(step.deserialize(bytesOf(entry ?? ""), { key })).toString()).toBe(plain);
  });
});

describe.each(steps)("%s", (name, make) => {
  test("gives back any bytes under any key, as a plain Uint8Array", () => {
    const step = make({ keys });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: "grapheme" }), (bytes, key) => {
        const opened = step.deserialize(step.serialize(bytes, { key }), { key });
        expect(opened.constructor).toBe(Uint8Array);
        expect(opened).toEqual(bytes);
      }),
      { seed: 42 },
    );
  });

  test("takes a Buffer that looks into a larger one, and entries that do", () => {
    const step = make({ keys });
    const entry = step.serialize(Buffer.from("..middle..").subarray(2, 8), context);
    const within = Buffer.concat([Buffer.from("##"), entry, Buffer.from("##")]).subarray(2, -2);
    expect(Buffer.from(step.deserialize(within, context)).toString()).toBe("middle");
  });

  test("opens no entry under another key", () => {
    const step = make({ keys });
    const entry = step.serialize(ada, { key: "user:1" });
    for (const key of ["user:2", "user:", "user:11", "app:user:1", ""]) {
      expect(refusal(step, entry, { key })).toBe(
        `${name} cannot open the entry: it has been changed, or was stored under another key or with another secret.`,
      );
    }
  });

  test("opens no entry of another secret, though it has the same id", () => {
    const entry = make({ keys: [{ id: "k1", key: other }] }).serialize(ada, context);
    expect(refusal(make({ keys }), entry)).toContain("with another secret");
  });

  test("opens no entry of an id that it does not have, and names the id", () => {
    const entry = make({ keys: [{ id: "k0", key: secret }] }).serialize(ada, context);
    expect(refusal(make({ keys }), entry)).toBe(
      `${name} cannot open the entry: it needs the key "k0", which is not in its keys.`,
    );
  });

  test("opens no entry that claims to be of another key with the same secret", () => {
    const both = make({ keys: [...keys, { id: "k2", key: secret }] });
    const entry = both.serialize(ada, context);
    entry[7] = "2".charCodeAt(0);
    expect(refusal(both, entry)).toContain("has been changed");
  });

  test("opens nothing of which a bit is changed, wherever it is", () => {
    const step = make({ keys });
    const entry = step.serialize(ada, context);
    for (let bit = 0; bit < entry.length * 8; bit++) {
      const changed = Uint8Array.from(entry);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      refusal(step, changed);
    }
  });

  test("opens nothing that ends too early, wherever it ends, nor what goes on", () => {
    const step = make({ keys });
    const entry = step.serialize(ada, context);
    for (let length = 0; length < entry.length; length++) refusal(step, entry.subarray(0, length));
    refusal(step, Uint8Array.from([...entry, 0]));
  });

  test("opens none of 100,000 entries that were cut, changed and put together", { timeout: 180_000 }, () => {
    const step = make({ keys });
    const entry = step.serialize(ada, context);
    const second = step.serialize(ada, { key: "user:2" });
    const mutated = fc
      .tuple(
        fc.constantFrom(entry, second),
        fc.nat(entry.length),
        fc.nat(entry.length),
        fc.uint8Array({ maxLength: 4 }),
      )
      .map(([other, from, to, put]) => Uint8Array.from([...entry.subarray(0, from), ...put, ...other.subarray(to)]))
      .filter((bytes) => Buffer.compare(bytes, entry) !== 0);
    fc.assert(
      fc.property(mutated, (bytes) => {
        refusal(step, bytes);
      }),
      { seed: 42, numRuns: 100_000 },
    );
  });

  test("says of other entries that they are others", () => {
    expect(refusal(make({ keys }), ada)).toBe(`${name} cannot open the entry: it was made by something else.`);
    const entry = make({ keys }).serialize(ada, context);
    entry[4] = 2;
    expect(refusal(make({ keys }), entry)).toContain("is of a version that this release does not know");
  });

  test("writes with the first key and reads with all", () => {
    const before = make({ keys }).serialize(ada, context);
    const rotated = make({ keys: [{ id: "k2", key: other }, ...keys] });
    const after = rotated.serialize(ada, context);
    expect([before, after].map((entry) => rotated.deserialize(entry, context))).toEqual([ada, ada]);
    expect(refusal(make({ keys }), after)).toContain('needs the key "k2"');
  });

  test("asks a function for its keys each time, so that they may change", () => {
    let current = keys;
    const step = make({ keys: () => current });
    const before = step.serialize(ada, context);
    current = [{ id: "k2", key: other }];
    expect(refusal(step, before)).toContain('needs the key "k1"');
    expect(step.deserialize(step.serialize(ada, context), context)).toEqual(ada);
  });

  test("binds to nothing without a key", () => {
    expect(() => make({ keys }).serialize(ada)).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
  });

  test.each(["text", 1, null])("refuses %j, which is no bytes", (value) => {
    const step = make({ keys });
    expect(() => step.serialize(value as never, context)).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
    refusal(step, value as never);
  });
});

test("two entries of aes-gcm have nothing in common but their beginning", () => {
  const step = aesGcm({ keys });
  const [first, second] = [step.serialize(ada, context), step.serialize(ada, context)].map((entry) =>
    Buffer.from(entry.subarray(8)),
  );
  expect(first?.subarray(0, 32)).not.toEqual(second?.subarray(0, 32));
  expect(first?.subarray(32)).not.toEqual(second?.subarray(32));
});

test("an entry of hmac is the bytes as they are, after its tag", () => {
  expect(Buffer.from(hmac({ keys }).serialize(ada, context).subarray(-ada.length)).toString()).toBe('{"name":"Ada"}');
});
