import fc from "fast-check";
import { expect, test } from "vitest";
import { local } from "../../../generator/src/emit/code.ts";
import { entryList } from "../../../generator/src/emit/entry-list.ts";
import { printSourceFile } from "../../../generator/src/emit/source-file.ts";
import type { ValuePath, ValueStep } from "../../../generator/src/model/declaration.ts";
import type { FoundPart } from "../../../generator/src/model/mutated-function.ts";
import { pattern } from "./model.ts";

/** What a value of a path is made of: few names, so that paths share their beginnings. */
const step: fc.Arbitrary<ValueStep> = fc.oneof(
  fc.record({ kind: fc.constant("property" as const), name: fc.constantFrom("a", "b"), isOptional: fc.boolean() }),
  fc.record({ kind: fc.constant("each" as const), isOptional: fc.boolean() }),
);
const path = fc
  .tuple(fc.boolean(), fc.array(step, { maxLength: 4 }))
  .map(([isOptional, steps]): ValuePath => [{ kind: "property", name: "given", isOptional }, ...steps]);

/** A value in which all of the paths can be followed; what is optional may be missing, the same for all of them. */
function valueFor(paths: readonly (readonly ValueStep[])[], random: () => number): unknown {
  const [first] = paths;
  if (first === undefined) return undefined;
  const ways = paths.filter((steps) => steps.length > 1);
  const mayBeMissing = paths.every(([head]) => head?.isOptional);
  if (mayBeMissing && random() < 0.3) return random() < 0.5 ? null : undefined;
  const next = ways.map((steps) => steps.slice(1));
  if (next.length === 0) return Math.floor(random() * 3);
  if (next.every(([head]) => head?.kind === "each")) {
    return Array.from({ length: Math.floor(random() * 3) }, () => valueFor(next, random));
  }
  const names = new Set(next.flatMap(([head]) => (head?.kind === "property" ? [head.name] : [])));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      valueFor(
        next.filter(([head]) => head?.kind === "property" && head.name === name),
        random,
      ),
    ]),
  );
}

/** The entries, by the words of the reference: one for each item, none where something is missing. */
function entriesBy(parts: readonly FoundPart[], given: unknown): readonly object[] {
  const missing = Symbol("missing");
  const arrays = new Map<string, number>();
  const entries: object[] = [];
  /** Follows each path, and chooses an item of the first array for which none is chosen yet. */
  const visit = (): void => {
    const entry: Record<string, unknown> = {};
    let isMissing = false;
    for (const { parameter, source } of parts) {
      if (source.kind !== "value") continue;
      let value: unknown = given;
      let way = "";
      for (const [index, each] of source.steps.entries()) {
        if (index > 0 && each.kind === "property") value = (value as Record<string, unknown>)[each.name];
        if (each.kind === "each") {
          const items = value as readonly unknown[];
          way += "[]";
          const chosen = arrays.get(way);
          if (chosen === undefined) {
            const key = way;
            for (const position of items.keys()) {
              arrays.set(key, position);
              visit();
            }
            arrays.delete(key);
            return;
          }
          value = items[chosen];
        } else way += `.${each.name}`;
        if (value === null || value === undefined) {
          value = missing;
          break;
        }
      }
      if (value === missing) isMissing = true;
      entry[parameter] = value;
    }
    if (!isMissing) entries.push(entry);
  };
  visit();
  return entries;
}

test("the code of a list finds the entries that its paths mean", () => {
  fc.assert(
    fc.property(
      fc.array(path, { minLength: 1, maxLength: 2 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.99, noNaN: true })),
      (paths, stream) => {
        const random = (): number => stream.next().value ?? 0;
        // A thing is an array or has properties.
        const kinds = new Map<string, string>();
        for (const steps of paths) {
          let way = "";
          for (const [index, each] of steps.entries()) {
            const next = steps[index + 1];
            way += each.kind === "each" ? "[]" : `.${each.name}`;
            const kind = next?.kind ?? "end";
            fc.pre((kinds.get(way) ?? kind) === kind);
            kinds.set(way, kind);
          }
        }
        const given = valueFor(paths, random);
        const parts = paths.map(
          (steps, index): FoundPart => ({
            parameter: `p${index}`,
            source: { kind: "value", from: 0, steps },
          }),
        );
        const names = { parameters: [{ name: "given", isRest: false }], instance: local("instance") };
        const list = entryList({ by: "keys", parts }, pattern("k:", ["p0", "int"], ":", ["p1", "int"]), names, "");
        const printed = printSourceFile({
          source: "",
          folder: "",
          importExtension: "js",
          exports: [],
          globals: [],
          blocks: [list],
        });
        const expression = printed.split("\n").slice(2).join("\n").trim();
        const found: unknown = new Function("given", `return ${expression};`)(given);
        expect(found).toEqual(entriesBy(parts, given));
      },
    ),
    { numRuns: 2_000 },
  );
});
