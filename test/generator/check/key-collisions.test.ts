import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkKeys } from "../../../generator/src/check/check-keys.ts";
import type { KeyPattern } from "../../../generator/src/model/declaration.ts";
import { findAmbiguities } from "../../../generator/src/read/key-ambiguity.ts";
import { parseKeyPattern } from "../../../generator/src/read/key-pattern.ts";
import { backend, span } from "../emit/model.ts";
import { valuesOf, writtenKey } from "../keys/written-key.ts";
import { smallKeys, smallPattern } from "./brute-force.ts";

const declared = { nameSpan: span, keySpan: span, backend: "local", revision: undefined };
const local = backend("local");

function messageFor(a: KeyPattern, b: KeyPattern): string | undefined {
  const caches = [
    { ...declared, name: "a", key: a },
    { ...declared, name: "b", key: b },
  ];
  return checkKeys(caches, [local])[0]?.message;
}

describe("whether two caches meet, against every key of small values", () => {
  it("is never denied wrongly, and never claimed without a key that the runtime makes of both", {
    timeout: 60_000,
  }, () => {
    let meetings = 0;
    let runs = 0;
    fc.assert(
      fc.property(smallPattern(3), smallPattern(3), (a, b) => {
        runs += 1;
        const message = messageFor(a, b);
        const [, key, ofB, ofA] = /: "(.*)" is (.*) of "b" and (.*) of "a"$/.exec(message ?? "") ?? [];
        if (key !== undefined) {
          meetings += 1;
          expect(writtenKey(a, valuesOf(ofA ?? ""))).toBe(key);
          expect(writtenKey(b, valuesOf(ofB ?? ""))).toBe(key);
          return;
        }
        const keysOfB = smallKeys(b);
        const common = [...smallKeys(a).keys()].filter((each) => keysOfB.has(each));
        expect([message, common]).toEqual([message, []]);
      }),
      { numRuns: 100_000 },
    );
    expect([runs >= 100_000, meetings > 1000]).toEqual([true, true]);
  });
});

describe("whether a pattern is ambiguous, against every key of small values", () => {
  it("is never denied wrongly, and never claimed without two sets of values", { timeout: 60_000 }, () => {
    let ambiguous = 0;
    fc.assert(
      fc.property(smallPattern(4), (pattern) => {
        const [found] = findAmbiguities(parseKeyPattern(written(pattern)));
        const [, first, second] = /; ".*" is (\{.*\}) and (\{.*\})$/.exec(found?.message ?? "") ?? [];
        if (first === undefined || second === undefined) {
          // What clear alone mistakes gives no key twice.
          const twice = [...smallKeys(pattern)].filter(([, sets]) => sets > 1);
          expect([found?.message, twice]).toEqual([found?.message, []]);
          return;
        }
        ambiguous += 1;
        const others = Object.fromEntries(
          pattern.segments.flatMap((segment) =>
            segment.kind === "literal"
              ? []
              : [
                  [
                    segment.name,
                    smallValue(segment.type.kind === "union" ? segment.type.members[0] : segment.type.kind),
                  ],
                ],
          ),
        );
        const keys = [first, second].map((values) => writtenKey(pattern, { ...others, ...valuesOf(values) }));
        expect(keys[0]).toBe(keys[1]);
        expect(first).not.toBe(second);
      }),
      { numRuns: 2000 },
    );
    expect(ambiguous).toBeGreaterThan(100);
  });
});

/** The text of a pattern, as it stands in the YAML. */
function written({ segments }: KeyPattern): string {
  return segments
    .map((segment) => {
      if (segment.kind === "literal") return segment.text.replaceAll("{", "{{");
      const { name, type } = segment;
      return `{${name}:${type.kind === "union" ? type.members.join("|") : type.kind}}`;
    })
    .join("");
}

/** Any value for what the finding does not speak of. */
function smallValue(kind: string | undefined): unknown {
  if (kind === "int" || kind === "number") return 0;
  if (kind === "bigint") return 0n;
  return kind === "bool" ? true : kind;
}
