import fc from "fast-check";
import { expect, test } from "vitest";
import { typeFingerprints } from "../../../generator/src/model/type-fingerprints.ts";
import type { TypeId, TypeNode } from "../../../generator/src/model/type-ir.ts";

const size = 8;
/** The last ones are unions: no member of a union is one. */
const unions = 2;
const id = fc.nat(size - 1);
const member = fc.nat(size - unions - 1);

const noUnion: fc.Arbitrary<TypeNode> = fc.oneof(
  fc.constantFrom<TypeNode>({ kind: "string" }, { kind: "null" }, { kind: "literal", value: 1 }),
  id.map((items): TypeNode => ({ kind: "array", items })),
  fc.tuple(id, id, fc.boolean()).map(([a, b, isOptional]): TypeNode => {
    const properties = [
      { name: "a", type: a, isOptional },
      { name: "b", type: b, isOptional: false },
    ];
    return { kind: "object", properties, indexes: [] };
  }),
);
const union = fc.tuple(member, member).map(([a, b]): TypeNode => ({ kind: "union", members: [a, b] }));

/** Any web of types, with every kind of recursion. */
const web: fc.Arbitrary<readonly TypeNode[]> = fc
  .tuple(
    fc.array(noUnion, { minLength: size - unions, maxLength: size - unions }),
    fc.array(union, { minLength: unions, maxLength: unions }),
  )
  .map(([nodes, more]) => [...nodes, ...more]);

const order = fc.shuffledSubarray([...Array(size).keys()], { minLength: size });

test("where a type stands among others says nothing", () => {
  fc.assert(
    fc.property(web, order, (nodes, places) => {
      const moved: TypeNode[] = [];
      for (const [from, node] of nodes.entries()) moved[places[from] ?? 0] = renamed(node, (to) => places[to] ?? 0);
      const before = typeFingerprints(nodes);
      const after = typeFingerprints(moved);
      expect(nodes.map((_, at) => after[places[at] ?? 0])).toEqual(before);
    }),
    { seed: 42 },
  );
});

test("what is written out once more, to any depth, says nothing else", () => {
  const choices = fc.array(fc.boolean(), { minLength: 5 * size, maxLength: 5 * size });
  fc.assert(
    fc.property(web, choices, (nodes, isCopy) => {
      let edges = 0;
      const eitherWay = (to: TypeId): TypeId => to + (isCopy[edges++ % isCopy.length] ? size : 0);
      const both = [...nodes, ...nodes].map((node) => renamed(node, eitherWay));
      const before = typeFingerprints(nodes);
      expect(typeFingerprints(both)).toEqual([...before, ...before]);
    }),
    { seed: 42, numRuns: 2_000 },
  );
});

test("types have one fingerprint exactly where no number of steps tells them apart", () => {
  fc.assert(
    fc.property(web, web, (nodes, others) => {
      const all = [...nodes, ...others.map((node) => renamed(node, (to) => to + size))];
      const fingerprints = typeFingerprints(all);
      const classes = toldApartByAll(all);
      const pairs = (names: readonly unknown[]): readonly boolean[] => names.flatMap((a) => names.map((b) => a === b));
      expect(pairs(fingerprints)).toEqual(pairs(classes));
    }),
    { seed: 42, numRuns: 1_000 },
  );
});

/** What each type says as far as one sees in as many steps as there are types; a union sees no further than its members. */
function toldApartByAll(nodes: readonly TypeNode[]): readonly string[] {
  let names = nodes.map(() => "");
  for (const _ of nodes) {
    const inner = new Map<string, string>();
    const short = (text: string): string => {
      const known = inner.get(text) ?? `${inner.size}`;
      inner.set(text, known);
      return known;
    };
    const plain = nodes.map((node) =>
      node.kind === "union" ? "" : short(JSON.stringify(node, (key, value) => (isId(key) ? names[value] : value))),
    );
    names = nodes.map((node, id) => {
      if (node.kind !== "union") return plain[id] ?? "";
      const members = [...new Set(node.members.map((member) => plain[member] ?? ""))].sort();
      return members.length === 1 ? (members[0] ?? "") : short(`union ${members.join()}`);
    });
  }
  return names;
}

function isId(key: string): boolean {
  return key === "items" || key === "type";
}

test("what else there is says nothing", () => {
  fc.assert(
    fc.property(web, web, (nodes, others) => {
      const both = [...nodes, ...others.map((node) => renamed(node, (to) => to + size))];
      expect(typeFingerprints(both).slice(0, size)).toEqual(typeFingerprints(nodes));
    }),
    { seed: 42 },
  );
});

test("a change at the far end of a long chain is seen at its beginning", () => {
  const chain = (end: TypeNode): readonly TypeNode[] => [
    ...Array.from({ length: 20_000 }, (_, at): TypeNode => ({ kind: "array", items: at + 1 })),
    end,
  ];
  const [first] = typeFingerprints(chain({ kind: "string" }));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(typeFingerprints(chain({ kind: "number" }))[0]).not.toBe(first);
});

test("a change in a long circle is seen everywhere in it", () => {
  const circle = (odd: boolean): readonly TypeNode[] =>
    Array.from({ length: 50 }, (_, at): TypeNode => {
      const properties = [{ name: odd && at === 30 ? "last" : "next", type: (at + 1) % 50, isOptional: false }];
      return { kind: "object", properties, indexes: [] };
    });
  const even = typeFingerprints(circle(false));
  expect(new Set(even).size).toBe(1);
  const odd = typeFingerprints(circle(true));
  expect(new Set(odd).size).toBe(50);
  expect(odd).not.toContain(even[0]);
});

test("a change in a circle of types that differ anyway is seen everywhere in it", () => {
  const circle = (name: string): readonly TypeNode[] => [
    { kind: "array", items: 1 },
    { kind: "tuple", elements: [{ type: 2, presence: "required" }] },
    { kind: "map", keys: 4, values: 3 },
    { kind: "object", properties: [{ name, type: 0, isOptional: true }], indexes: [] },
    { kind: "string" },
  ];
  const [one, other] = [typeFingerprints(circle("a")), typeFingerprints(circle("b"))];
  expect(one.map((fingerprint, at) => fingerprint === other[at])).toEqual([false, false, false, false, true]);
});

function renamed(node: TypeNode, to: (id: TypeId) => TypeId): TypeNode {
  switch (node.kind) {
    case "array":
      return { kind: "array", items: to(node.items) };
    case "union":
      return { kind: "union", members: node.members.map(to) };
    case "object":
      return { ...node, properties: node.properties.map((property) => ({ ...property, type: to(property.type) })) };
    default:
      return node;
  }
}
