import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkKeys } from "../../../generator/src/check/check-keys.ts";
import type { KeyPattern } from "../../../generator/src/model/declaration.ts";
import { findAmbiguities } from "../../../generator/src/read/key-ambiguity.ts";
import { parseKeyPattern } from "../../../generator/src/read/key-pattern.ts";
import { backend, span } from "../emit/model.ts";
import { valuesOf, writtenKey } from "../keys/written-key.ts";
import { smallKeys, smallPattern } from "./brute-force.ts";

const local = backend("local");

/** A key of both, as a finding tells of it. */
interface Meeting {
  readonly other: number;
  readonly key: string;
  readonly values: string;
  readonly valuesOfOther: string;
}

/** For each pattern, the first one before it that it is said to meet. */
function meetingsOf(patterns: readonly KeyPattern[]): ReadonlyMap<number, Meeting> {
  const caches = patterns.map((key, index) => {
    const at = { ...span, start: index, end: index };
    return { name: `c${index}`, backend: "local", nameSpan: at, key, keySpan: at, revision: undefined };
  });
  const meetings = new Map<number, Meeting>();
  for (const { code, message } of checkKeys(caches, [local])) {
    if (code !== "C1204") continue;
    const [, key = "", values = "", index, valuesOfOther = "", other] =
      /: "(.*)" is (.*) of "c(\d+)" and (.*) of "c(\d+)"$/.exec(message) ?? [];
    meetings.set(Number(index), { other: Number(other), key, values, valuesOfOther });
  }
  return meetings;
}

describe("whether caches meet, against every key of small values", () => {
  it("is never denied wrongly, nor claimed without a key that the runtime makes of both", { timeout: 180_000 }, () => {
    let denied = 0;
    let claimed = 0;
    fc.assert(
      fc.property(fc.array(smallPattern(3), { minLength: 14, maxLength: 14 }), (patterns) => {
        const meetings = meetingsOf(patterns);
        for (const [index, pattern] of patterns.entries()) {
          const meeting = meetings.get(index);
          const keys = smallKeys(pattern);
          for (const other of patterns.slice(0, meeting?.other ?? index)) {
            denied += 1;
            const common = firstCommon(keys, smallKeys(other));
            if (common !== undefined) throw new Error(`${common} is a key of ${other.text} and of ${pattern.text}`);
          }
          const other = patterns[meeting?.other ?? -1];
          if (meeting === undefined || other === undefined) continue;
          claimed += 1;
          expect(writtenKey(pattern, valuesOf(meeting.values))).toBe(meeting.key);
          expect(writtenKey(other, valuesOf(meeting.valuesOfOther))).toBe(meeting.key);
        }
      }),
      { numRuns: 1500 },
    );
    expect(denied + claimed).toBeGreaterThan(100_000);
    expect(claimed).toBeGreaterThan(1000);
  });
});

function firstCommon(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string | undefined {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const key of few.keys()) if (many.has(key)) return key;
  return undefined;
}

describe("whether a pattern is ambiguous, against every key of small values", () => {
  it("is never denied wrongly, and never claimed without two sets of values", { timeout: 180_000 }, () => {
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
