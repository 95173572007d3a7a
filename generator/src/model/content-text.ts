import type { TypeId, TypeIr } from "./type-ir.ts";

/**
 * All that a type says, as one text: equal for types that are equal but for their ids and for where they are declared.
 * Unlike a fingerprint it keeps names and the order of members, which generated code shows.
 */
export function contentText({ root, nodes }: TypeIr): string {
  const order: TypeId[] = [];
  const numbers = new Map<TypeId, number>();
  const number = (id: TypeId): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, order.length);
    return order.push(id) - 1;
  };
  const renumber = (key: string, value: unknown): unknown => {
    if (key === "at") return undefined;
    if (idKeys.has(key) && typeof value === "number") return number(value);
    return idListKeys.has(key) && Array.isArray(value) ? value.map((id: TypeId) => number(id)) : value;
  };
  number(root);
  const texts: string[] = [];
  for (const id of order) texts.push(JSON.stringify(nodes[id], renumber));
  return texts.join("\n");
}

/** Where nodes hold ids of others. What stands under these names otherwise is no number, and no list. */
const idKeys: ReadonlySet<string> = new Set(["items", "keys", "values", "key", "type"]);
const idListKeys: ReadonlySet<string> = new Set(["members", "types"]);
