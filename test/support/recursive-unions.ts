import type { TypeIr } from "../../generator/src/model/type-ir.ts";
import { TemporaryProject } from "../generator/resolve/temporary-project.ts";

/** A type of which only trying tells the members apart, that has itself among its parts. */
interface RecursiveUnion {
  readonly text: string;
  /** Whether JSON can say its values. Default `true` */
  readonly isOfJson?: boolean;
  /** The value around another one, or around none; so many are within it. */
  readonly around: (inner: unknown, level: number) => unknown;
}

/** What is of one member at each second level. */
function ownAt(level: number): string {
  return level % 2 === 0 ? "x" : "y";
}

const unions: Readonly<Record<string, RecursiveUnion>> = {
  Named: {
    text: "{ next: Named | null; x: number } | { next: Named | null; y: number }",
    around: (next) => ({ next, y: 1 }),
  },
  Optional: {
    text: "{ next: Optional | null; x?: number } | { next: Optional | null; y?: number }",
    around: (next) => ({ next, y: 1 }),
  },
  OfOneName: {
    text: "{ next: OfOneName | null; value: string; zip?: string } | { next: OfOneName | null; value: number }",
    around: (next) => ({ next, value: 1 }),
  },
  OfTwoParts: {
    text: "{ left: OfTwoParts | null; one: OfTwoParts[] } | { left: OfTwoParts | null; two: OfTwoParts[] }",
    around: (left) => ({ left, two: [] }),
  },
  OfParts: {
    text: '{ kids: OfParts[]; meta: { is: "x" } } | { kids: OfParts[]; meta: { is: "y" } }',
    around: (inner) => ({ kids: inner === null ? [] : [inner], meta: { is: "y" } }),
  },
  Listed: {
    text: "{ in: Listed | null; x: number }[] | { in: Listed | null; y: number }[]",
    // Which member comes first is the compiler's affair.
    around: (inner, level) => [{ in: inner, [level % 2 === 0 ? "x" : "y"]: 1 }],
  },
  OfLists: {
    text: "{ kids: OfLists[]; list: number[] } | { kids: OfLists[]; list: string[] }",
    around: (inner, level) => ({ kids: inner === null ? [] : [inner], list: level % 2 === 0 ? [1] : ["x"] }),
  },
  OfMaps: {
    text: "{ kids: OfMaps[]; map: Map<string, number> } | { kids: OfMaps[]; map: Map<string, string> }",
    isOfJson: false,
    around: (inner, level) => ({
      kids: inner === null ? [] : [inner],
      map: new Map<string, unknown>([["k", level % 2 === 0 ? 1 : "x"]]),
    }),
  },
  OfWhatMayBeAbsent: {
    text: "{ kids: OfWhatMayBeAbsent[]; meta?: { a: number } } | { kids: OfWhatMayBeAbsent[]; meta?: { a: string } }",
    around: (inner, level) => ({ kids: inner === null ? [] : [inner], meta: { a: level % 2 === 0 ? 1 : "x" } }),
  },
  OfPairs: {
    text: "[OfPairs[], number[]] | [OfPairs[], string[]]",
    around: (inner, level) => [inner === null ? [] : [inner], level % 2 === 0 ? [1] : ["x"]],
  },
  Paired: {
    text: '[Paired | null, "x"] | [Paired | null, "y"]',
    around: (inner) => [inner, "y"],
  },
  // Of these, the members differ only in what leads back to the union, so nothing but a look into all of it tells them apart.
  OfWhatLeadsBack: {
    text: `{ in: OfWhatLeadsBack | null; of: { in?: OfWhatLeadsBack; on: "x" } }
      | { in: OfWhatLeadsBack | null; of: { in?: OfWhatLeadsBack; on: "y" } }`,
    around: (inner, level) => ({ in: inner, of: { on: ownAt(level) } }),
  },
  OfListsThatLeadBack: {
    text: `{ in: OfListsThatLeadBack | null; of?: { in?: OfListsThatLeadBack; on: "x" }[] }
      | { in: OfListsThatLeadBack | null; of?: { in?: OfListsThatLeadBack; on: "y" }[] }`,
    around: (inner, level) => ({ in: inner, of: [{ on: ownAt(level) }] }),
  },
  ListThatLeadsBack: {
    text: '(ListThatLeadsBack | null | "x")[] | (ListThatLeadsBack | null | "y")[]',
    around: (inner, level) => [inner, ownAt(level)],
  },
  RecordThatLeadsBack: {
    text: '{ [name: string]: RecordThatLeadsBack | null | "x" } | { [name: string]: RecordThatLeadsBack | null | "y" }',
    around: (inner, level) => ({ in: inner, on: ownAt(level) }),
  },
  MapThatLeadsBack: {
    text: 'Map<string, MapThatLeadsBack | null | "x"> | Map<string, MapThatLeadsBack | null | "y">',
    isOfJson: false,
    around: (inner, level) =>
      new Map<string, unknown>([
        ["in", inner],
        ["on", ownAt(level)],
      ]),
  },
};

/** What {@link recursiveUnions} gives of each. */
export interface RecursiveValue {
  readonly text: string;
  readonly isOfJson: boolean;
  readonly type: TypeIr;
  readonly value: unknown;
}

/** Each with a value of so many levels, of which the members that it is not of are tried first. */
export function recursiveUnions(levels: number): readonly RecursiveValue[] {
  const declared = Object.entries(unions).map(([name, { text }]) => `export type ${name} = ${text};`);
  using project = new TemporaryProject({ "models.ts": declared.join("\n") });
  const ids = Object.keys(unions).map((name) => `./models.ts#${name}`);
  const { types } = project.resolve(ids);
  return Object.values(unions).map(({ text, isOfJson = true, around }, index) => {
    const type = types.get(ids[index] ?? "")?.ir;
    if (type === undefined) throw new Error(`${text} is no type.`);
    let value: unknown = null;
    for (let level = 0; level < levels; level++) value = around(value, level);
    return { text, isOfJson, type, value };
  });
}
