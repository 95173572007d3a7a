import { defaultHashedKey, defaultKey } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileText } from "../../support/hostile-text.ts";

describe("the key of a call", () => {
  test.each<[string, readonly unknown[], string]>([
    ["nothing", [], "f"],
    ["a number", [42], "f:42"],
    ["a string", ["abc"], "f:abc"],
    ["several", [1, "a", true], "f:1:a:true"],
    ["named ones", [1, { foo: "bar" }], "f:1:foo=bar"],
    ["named ones, sorted", [{ b: 2, a: 1, B: 0 }], "f:B=0:a=1:b=2"],
    ["a separator in a string", ["a:b"], "f:a%3Ab"],
    ["a string that looks named", ["x=1"], "f:x%3D1"],
    ["strings that look like other values", ["1", "null", "true", "1n", "-2.5"], "f:'1':'null':'true':'1n':'-2.5'"],
    ["the empty string", [""], "f:%e"],
    ["null and undefined", [null, undefined], "f:null:undefined"],
    ["a bigint", [1n], "f:1n"],
    ["odd numbers", [-0, Number.NaN, Number.NEGATIVE_INFINITY, 1e21], "f:0:NaN:-Infinity:1e+21"],
    ["a date", [new Date("2026-11-22T17:00:00.000Z")], "f:2026-11-22T170000.000Z"],
    ["a string that looks like a date", ["2026-11-22T170000.000Z"], "f:'2026-11-22T170000.000Z'"],
    ["an array", [[1, ["a,b"], []]], "f:[1,[a%2Cb],[]]"],
    ["a nested object", [{ a: { b: 1 }, c: {} }], "f:a=(b=1):c=()"],
    ["an object that is not the last", [{ a: 1, b: 2 }, 3], "f:(a=1,b=2):3"],
    ["an empty object", [{}], "f:()"],
    ["braces and brackets", ["{a}", "(b)", "[c]", "'d'"], "f:%7Ba%7D:%28b%29:%5Bc%5D:%27d%27"],
    ["property names", [{ "a=b": 1, "": 2 }], "f:%e=2:a%3Db=1"],
    ["other scripts", ["日本", "é"], "f:日本:é"],
    ["an e-mail address", ["xb!@example.com"], "f:xb!@example.com"],
  ])("for %s", (_, args, key) => {
    expect(defaultKey("f", args)).toBe(key);
  });

  test("escapes the name too", () => {
    expect(defaultKey("shop:price", [1])).toBe("shop%3Aprice:1");
  });

  test.each<[string, readonly unknown[], readonly unknown[]]>([
    ["a number and its text", [1], ["1"]],
    ["null and its text", [null], ["null"]],
    ["undefined and its text", [undefined], ["undefined"]],
    ["a colon here and there", ["a:", "b"], ["a", ":b"]],
    ["text and a property", ["x=1"], [{ x: 1 }]],
    ["one object and two", [{ a: 1, b: 2 }], [{ a: 1 }, { b: 2 }]],
    ["an array and its elements", [[1, 2]], [1, 2]],
    ["an empty array and an empty object", [[]], [{}]],
    ["an empty object and nothing", [{}], []],
    ["a bigint and a number", [1n], [1]],
    ["a date and its text", [new Date(0)], ["1970-01-01T000000.000Z"]],
    ["undefined and nothing", [undefined], []],
    ["a property that is undefined and none", [{ a: undefined }], [{}]],
    ["nested differently", [{ a: { b: 1, c: 2 } }], [{ a: { b: 1 }, c: 2 }]],
    ["a hole and null", [[null]], [[undefined]]],
  ])("differs for %s", (_, a, b) => {
    expect(defaultKey("f", a)).not.toBe(defaultKey("f", b));
  });

  test("is the same whatever the order of properties", () => {
    expect(defaultKey("f", [{ b: { y: 1, x: 2 }, a: 1 }])).toBe(defaultKey("f", [{ a: 1, b: { x: 2, y: 1 } }]));
  });

  test("is the same for objects without prototype, and for repeated parts that are no cycles", () => {
    const part = { a: 1 };
    expect(defaultKey("f", [Object.assign(Object.create(null), { a: 1 })])).toBe("f:a=1");
    expect(defaultKey("f", [[part, part]])).toBe("f:[(a=1),(a=1)]");
  });

  test("is injective: the arguments can be read back from it", () => {
    const plain = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        hostileText.map((text) => text.slice(0, 50)),
        fc.oneof(
          fc.double(),
          fc.integer(),
          fc.bigInt(),
          fc.boolean(),
          fc.constantFrom(null, undefined),
          fc.date({ noInvalidDate: true }),
        ),
        fc.constantFrom("1", "null", "true", "1n", "'", "(a=1)", "[1,2]", "a=1", "1970-01-01T000000.000Z"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
          fc.oneof(
            fc.string({ maxLength: 4 }),
            hostileText.map((text) => text.slice(0, 4)),
          ),
          tie("value"),
          { maxKeys: 3 },
        ),
      ),
    })).value;
    const calls = fc.array(plain, { maxLength: 3 });
    fc.assert(
      fc.property(calls, (args) => {
        const key = defaultKey("f", args);
        expect(key).not.toMatch(/[{}\s]/);
        expect(readBack(key)).toEqual(canonical(args));
      }),
      { seed: 42, numRuns: 2_000 },
    );
  });

  class Money {
    amount = 1;
  }
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const selfish: Record<string, unknown> = {};
  selfish["self"] = selfish;

  test.each<[string, unknown, string]>([
    ["a class instance", new Money(), "argument 2: it is an instance of Money"],
    ["a map", new Map(), "argument 2: it is an instance of Map"],
    ["bytes", new Uint8Array(1), "argument 2: it is an instance of Uint8Array"],
    ["a function", () => 1, "argument 2: it is a function"],
    ["a symbol", Symbol("s"), "argument 2: it is a symbol"],
    ["an invalid date", { at: [new Date(Number.NaN)] }, "argument 2.at[0]: it is an invalid date"],
    ["an array that holds itself", cycle, "argument 2[0]: it is part of itself"],
    ["an object that holds itself", selfish, "argument 2.self: it is part of itself"],
    ["a property named by a symbol", { [Symbol("s")]: 1 }, "argument 2: it is an object with symbols for names"],
  ])("cannot be made of %s", (_, value, message) => {
    expect(() => defaultKey("f", [1, value])).toThrow(
      expect.objectContaining({ code: "INVALID_KEY", message: `No key can be made of ${message}. Give makeKey.` }),
    );
  });

  test("needs a name", () => {
    expect(() => defaultKey("", [1])).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
  });
});

test("the hashed key is the blake2s-256 of the key, as Python's hashlib makes it", () => {
  // hashlib.blake2s(b"price:42").hexdigest()
  expect(defaultHashedKey("price", [42])).toBe("a437c4c9e926f7e52040b02ac63d5f602afd53a85db46ab31ace8545af37972d");
  expect(defaultHashedKey("price", ["42"])).not.toBe(defaultHashedKey("price", [42]));
});

/** What a key says, by the grammar that it is documented with: written without looking at how it is made. */
function readBack(key: string): unknown {
  const [, ...segments] = key.split(":");
  const isNamed = (segment: string | undefined): boolean => /^[^([]*=/.test(segment ?? "");
  const first = segments.findIndex(isNamed);
  if (first === -1) return segments.map((segment) => new Reader(segment).value());
  const named = segments.slice(first).map((segment) => new Reader(segment).property());
  return [...segments.slice(0, first).map((segment) => new Reader(segment).value()), ["object", named]];
}

class Reader {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  value(): unknown {
    if (this.#takes("[")) return ["array", this.#until("]", () => this.value())];
    if (this.#takes("(")) return ["object", this.#until(")", () => this.property())];
    if (this.#takes("'")) {
      const text = this.#word();
      this.#rest = this.#rest.slice(1);
      return ["string", text];
    }
    const word = this.#word();
    const isOther =
      /^(null|undefined|true|false|NaN|-?Infinity|-?\d[\d.e+-]*n?|[+-]?\d+-\d\d-\d\dT\d{6}\.\d{3}Z)$/.test(word);
    return [isOther ? "other" : "string", word];
  }

  property(): unknown {
    const name = this.#word();
    this.#rest = this.#rest.slice(1);
    return [name, this.value()];
  }

  #until<T>(end: string, read: () => T): T[] {
    const items: T[] = [];
    while (!this.#takes(end)) {
      items.push(read());
      this.#takes(",");
    }
    return items;
  }

  #word(): string {
    const [word = ""] = /^[^,=()[\]']*/.exec(this.#rest) ?? [];
    this.#rest = this.#rest.slice(word.length);
    return word;
  }

  #takes(mark: string): boolean {
    if (!this.#rest.startsWith(mark)) return false;
    this.#rest = this.#rest.slice(mark.length);
    return true;
  }
}

/** The arguments in the form that {@link readBack} gives: words are still escaped, which is injective by itself. */
function canonical(args: readonly unknown[]): unknown[] {
  return args.map((arg) => canonicalValue(arg));
}

function canonicalValue(value: unknown): unknown {
  if (typeof value === "string") return ["string", escaped(value)];
  if (Array.isArray(value)) return ["array", value.map(canonicalValue)];
  if (value instanceof Date) return ["other", value.toISOString().replaceAll(":", "")];
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return ["object", entries.map(([name, property]) => [escaped(name), canonicalValue(property)])];
  }
  return ["other", typeof value === "bigint" ? `${value}n` : String(value)];
}

function escaped(text: string): string {
  if (text === "") return "%e";
  return Array.from(text, (character) => {
    if (!/[%:{}~\s\p{Cc}\p{Cs},=()[\]']/u.test(character)) return character;
    if (/\p{Cs}/u.test(character)) return `%u${character.charCodeAt(0).toString(16).toUpperCase()}`;
    return Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(
      "",
    );
  }).join("");
}
