import type { TypeId, TypeIr, TypeNode } from "../../../generator/src/model/type-ir.ts";
import type { RandomSource } from "./random-source.ts";

/** Where a type has no value, or none that comes to an end. */
const none: unique symbol = Symbol("none");

/** A value of the type, `null` where it has none. */
export function fittingValue({ root, nodes }: TypeIr, random: RandomSource): unknown {
  const value = valueFor(root, nodes, random, 6);
  return value === none ? null : value;
}

const strays: readonly (() => unknown)[] = [
  () => null,
  () => undefined,
  () => true,
  () => 0,
  () => -2.5,
  () => "",
  () => "x",
  () => "x/1-true",
  () => "kind",
  () => [],
  () => ["x", 1],
  () => ({}),
  () => ({ a: 1, kind: "x" }),
  () => JSON.parse('{"__proto__": 1}'),
  () => 1n,
  () => new Date(0),
  () => new Map([["x", 1]]),
  () => new Set(["x"]),
  () => new Uint8Array(2),
  () => Object.assign([1, 2], { length: 4 }),
  () => Object.create({ a: 1, b: "x", kind: "x" }),
];

/** The value with something changed, added or taken away somewhere; the value itself may be changed. */
export function mutated(value: unknown, random: RandomSource): unknown {
  if (typeof value !== "object" || value === null || random.chance(15)) return random.pick(strays)();
  if (value instanceof Map) {
    const [key] = [...value.keys()];
    return random.chance(50) ? value.set(key, mutated(value.get(key), random)) : value.set(random.pick(strays)(), "x");
  }
  if (value instanceof Set) return value.add(random.pick(strays)());
  const names = Object.keys(value);
  if (names.length === 0 || random.chance(15)) {
    const name = Array.isArray(value) ? value.length : random.pick(["a", "b", "kind", "toString", "1", "new"]);
    return define(value, name, random.pick(strays)());
  }
  const name = random.pick(names);
  if (random.chance(25)) {
    if (Array.isArray(value) && random.chance(60)) value.pop();
    // Of an array this leaves a hole.
    else Reflect.deleteProperty(value, name);
    return value;
  }
  return define(value, name, mutated(Reflect.get(value, name), random));
}

/** As a property of its own, whatever it is called. */
function define(value: object, name: string | number, item: unknown): object {
  if (!(value instanceof Uint8Array || value instanceof Float64Array)) {
    Object.defineProperty(value, name, { value: item, enumerable: true, configurable: true, writable: true });
  }
  return value;
}

function valueFor(id: TypeId, nodes: readonly TypeNode[], random: RandomSource, depth: number): unknown {
  const node = nodes[id];
  if (node === undefined || depth < 0) return none;
  const inner = (part: TypeId): unknown => valueFor(part, nodes, random, depth - 1);
  switch (node.kind) {
    case "null":
      return null;
    case "undefined":
      return undefined;
    case "boolean":
      return random.chance(50);
    case "number":
      return random.pick([0, 1, -1.5, 1e21]);
    case "integer":
      return random.pick([0, -7, 1e21]);
    case "bigint":
      return random.pick([0n, 12n]);
    case "string":
      return random.pick(["", "a", "x", "two\nlines", "1", "é"]);
    case "unknown":
      return random.pick(strays)();
    case "literal":
      return node.value;
    case "bigint-literal":
      return BigInt(node.digits);
    case "template":
      return node.texts.map((text, index) => `${text}${textOf(node.types[index], nodes, random)}`).join("");
    case "array":
      return several(random, () => inner(node.items));
    case "set":
      return new Set(several(random, () => inner(node.items)));
    case "map":
      return new Map(
        several(random, () => inner(node.keys)).flatMap((key) =>
          several(random, () => inner(node.values)).map((item) => [key, item] as const),
        ),
      );
    case "tuple": {
      // What follows one that is left out would take its place.
      let isOver = false;
      const items = node.elements.flatMap(({ type, presence }): readonly unknown[] => {
        if (presence === "optional") isOver ||= random.chance(50);
        if (presence === "rest") return isOver ? [] : several(random, () => inner(type));
        return presence === "optional" && isOver ? [] : [inner(type)];
      });
      return items.includes(none) ? none : items;
    }
    case "object":
      return objectOf(node, random, inner);
    case "union":
      return random.pick(
        node.members
          .map(inner)
          .filter((value) => value !== none)
          .concat(none)
          .slice(0, 2),
      );
    case "builtin":
      return (
        {
          Date: new Date(0),
          Uint8Array: new Uint8Array(1),
          RegExp: /x/,
          URL: new URL("https://example.com/x"),
          Error: new TypeError("x"),
        }[node.name as "Date"] ?? new Float64Array(1)
      );
    default:
      return none;
  }
}

/** What stands in a template is text, however deep the template is. */
function textOf(id: TypeId | undefined, nodes: readonly TypeNode[], random: RandomSource): string {
  return id === undefined ? "" : String(valueFor(id, nodes, random, 0));
}

function several(random: RandomSource, one: () => unknown): readonly unknown[] {
  return Array.from({ length: random.below(3) }, one).filter((value) => value !== none);
}

function objectOf(
  { properties, indexes }: Extract<TypeNode, { readonly kind: "object" }>,
  random: RandomSource,
  inner: (part: TypeId) => unknown,
): unknown {
  const object = {};
  for (const { name, type, isOptional } of properties) {
    if (isOptional && random.chance(50)) continue;
    const value = inner(type);
    if (value === none && !isOptional) return none;
    if (value !== none) define(object, name, value);
  }
  for (const { type } of indexes) {
    for (const name of ["z", "9", "other"].slice(random.below(4))) {
      const value = inner(type);
      if (value !== none) define(object, name, value);
    }
  }
  return object;
}
