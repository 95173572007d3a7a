import type { RandomSource } from "./random-source.ts";

export type Schema = boolean | { readonly [keyword: string]: unknown };

const names = ["a", "b", "kind", "toString", "two words", "1"];
const scalars = ["x", "y", "", "1", 0, 1, -2.5, true, false, null];

/** A JSON Schema of what the generator supports; some admit nothing, and some say what no type says. */
export function randomSchema(random: RandomSource): Schema {
  const count = random.below(3);
  const refs = ["#", ...Array.from({ length: count }, (_, index) => `#/$defs/d${index}`)];
  const definitions = refs.slice(1).map((_, index) => [`d${index}`, schemaOf(random, refs, 2)] as const);
  const root = schemaOf(random, refs, 3);
  if (definitions.length === 0 || typeof root === "boolean") return root;
  return { ...root, $defs: Object.fromEntries(definitions) };
}

function schemaOf(random: RandomSource, refs: readonly string[], depth: number): Schema {
  const inner = (): Schema => schemaOf(random, refs, depth - 1);
  if (depth <= 0) return leaf(random, refs);
  switch (random.below(12)) {
    case 0:
      return leaf(random, refs);
    case 1:
      return { anyOf: several(random, inner) };
    case 2:
      return { oneOf: several(random, inner) };
    case 3:
      return { ...objectOf(random, inner), allOf: several(random, () => bareObject(random, inner)) };
    case 4:
      return { allOf: several(random, inner) };
    case 5:
    case 6:
      return listOf(random, inner);
    case 7:
      return { ...objectOf(random, inner), type: ["object", random.pick(["null", "string", "array"])] };
    case 8:
      return { $ref: random.pick(refs), ...(random.chance(40) && objectOf(random, inner)) };
    default:
      return objectOf(random, inner);
  }
}

function leaf(random: RandomSource, refs: readonly string[]): Schema {
  switch (random.below(8)) {
    case 0:
      return random.chance(80);
    case 1:
      return { enum: [...new Set([random.pick(scalars), random.pick(scalars), random.pick(scalars)])] };
    case 2:
      return { const: random.pick([...scalars, [1, "x"], { a: 1 }, {}]) };
    case 3:
      return { $ref: random.pick(refs) };
    case 4:
      return { type: ["integer", random.pick(["null", "string", "number"])] };
    default:
      return { type: random.pick(["string", "number", "integer", "boolean", "null"]), title: "A leaf" };
  }
}

function objectOf(random: RandomSource, inner: () => Schema): { readonly [keyword: string]: unknown } {
  return { type: "object", ...bareObject(random, inner) };
}

function bareObject(random: RandomSource, inner: () => Schema): { readonly [keyword: string]: unknown } {
  const some = (): readonly string[] => [...new Set(Array.from({ length: random.below(4) }, () => random.pick(names)))];
  return {
    properties: Object.fromEntries(some().map((name) => [name, inner()])),
    ...(random.chance(60) && { required: some() }),
    ...(random.chance(40) && { additionalProperties: random.chance(60) ? random.chance(30) : inner() }),
  };
}

function listOf(random: RandomSource, inner: () => Schema): Schema {
  return {
    type: "array",
    ...(random.chance(40) && { prefixItems: several(random, inner) }),
    ...(random.chance(70) && { items: random.chance(20) ? random.chance(50) : inner() }),
    ...(random.chance(30) && { minItems: random.below(3) }),
    ...(random.chance(20) && { maxItems: 1 + random.below(3) }),
  };
}

function several(random: RandomSource, one: () => Schema): readonly Schema[] {
  return Array.from({ length: 1 + random.below(3) }, one);
}
