import fc from "fast-check";
import { fieldOf } from "../../../generator/src/keys/key-text.ts";
import type { KeyPattern, KeySegment, KeyType } from "../../../generator/src/model/declaration.ts";
import { writtenKey } from "../keys/written-key.ts";

// Few characters, so that patterns meet often, and each of them in as many roles as there are.
const literals = ["a", "%e", "1", "-", ".", ":", "1:", "a-", "{", "%", "aa"];
const types: readonly KeyType[] = [
  { kind: "string" },
  { kind: "int" },
  { kind: "number" },
  { kind: "bigint" },
  { kind: "bool" },
  { kind: "union", members: ["a", "aa"] },
  { kind: "union", members: ["1", "-1", "11"] },
  { kind: "union", members: ["true", "1.0", "a-1"] },
];

/** Patterns of up to `maxSegments` segments, adjacent literal text as one. */
export function smallPattern(maxSegments: number): fc.Arbitrary<KeyPattern> {
  const piece = fc.oneof(fc.constantFrom(...literals), fc.constantFrom(...types));
  return fc.array(piece, { minLength: 1, maxLength: maxSegments }).map((pieces) => {
    const segments: KeySegment[] = [];
    for (const [index, each] of pieces.entries()) {
      const last = segments.at(-1);
      if (typeof each !== "string") segments.push({ kind: "parameter", name: `p${index}`, type: each });
      else if (last?.kind === "literal") segments[segments.length - 1] = { kind: "literal", text: last.text + each };
      else segments.push({ kind: "literal", text: each });
    }
    return { text: fieldOf(segments).shape, segments };
  });
}

const shortTexts = ["", "a", "1", "-", ".", ":", "%"];
const texts = [
  ...shortTexts,
  ...shortTexts.slice(1).flatMap((one) => shortTexts.slice(1).map((two) => one + two)),
  "aaa",
  "11-1",
  "true",
  "a-1",
  "-11",
];
// With many parameters, shorter ones give keys enough.
const fewTexts = [...shortTexts, "a-", "11", "1.", "true"];
const integers = [0, 1, 11, -1, -11, 10, 111];

function smallValues(type: KeyType, parameters: number): readonly unknown[] {
  switch (type.kind) {
    case "string":
      return parameters > 2 ? fewTexts : texts;
    case "int":
      return integers;
    case "number":
      return [...integers, 1.1, 0.1, -1.1, 11.1, 1e21];
    case "bigint":
      return integers.map(BigInt);
    case "bool":
      return [true, false];
    case "union":
      return type.members;
    default:
      throw new Error(`${type.kind} is not among the small types`);
  }
}

const keysOf = new Map<string, ReadonlyMap<string, number>>();

/** Every key that small values give, made by the runtime, and of how many sets of values it is. */
export function smallKeys(pattern: KeyPattern): ReadonlyMap<string, number> {
  const known = keysOf.get(pattern.text);
  if (known !== undefined) return known;
  const { parameters } = fieldOf(pattern.segments);
  let sets: readonly object[] = [{}];
  for (const { name, type } of parameters) {
    sets = sets.flatMap((set) => smallValues(type, parameters.length).map((value) => ({ ...set, [name]: value })));
  }
  const keys = new Map<string, number>();
  for (const set of sets) {
    const key = writtenKey(pattern, set);
    keys.set(key, (keys.get(key) ?? 0) + 1);
  }
  keysOf.set(pattern.text, keys);
  return keys;
}
