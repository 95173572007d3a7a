import { sharedTypes } from "../model/shared-types.ts";
import type { TypeId, TypeIr } from "../model/type-ir.ts";

type Named = readonly (readonly [id: TypeId, name: string])[];

/** What names there are, beside those that come of the types. */
interface NameOptions {
  /** Names that types have already. */
  readonly given?: Named;
  /** For types that need a name, if no other is found. */
  readonly unnamed?: Named;
  /** Names that none gets. */
  readonly taken?: readonly string[];
}

/**
 * Names for the types that are written once and referred to: those that are given, and those of shared types, after
 * their own name or the property that first leads to them. The root gets none.
 */
export function typeNames(
  ir: TypeIr,
  { given = [], unnamed = [], taken = [] }: NameOptions = {},
): ReadonlyMap<TypeId, string> {
  const names = new Map<TypeId, string>();
  const used = new Set(taken);
  const shared = sharedTypes(ir).map(({ id, step }): readonly [TypeId, string] => {
    const node = ir.nodes[id];
    return [id, (node?.kind === "object" && node.name) || step];
  });
  for (const [id, stem] of [...given, ...shared, ...unnamed]) {
    if (id === ir.root || names.has(id)) continue;
    const pascal = pascalCase(stem);
    let name = pascal;
    for (let count = 2; used.has(name); count++) name = `${pascal}${count}`;
    used.add(name);
    names.set(id, name);
  }
  return names;
}

/** Any text as the name of a type. */
function pascalCase(text: string): string {
  const words = text.split(/[^\p{ID_Continue}$]+/u).filter((word) => word !== "");
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return joined === "" ? "Part" : /^[\p{ID_Start}$_]/u.test(joined) ? joined : `_${joined}`;
}
