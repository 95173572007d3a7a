import { contentText } from "../../../generator/src/model/content-text.ts";
import { typeFingerprints } from "../../../generator/src/model/type-fingerprints.ts";
import type { TypeId, TypeIr } from "../../../generator/src/model/type-ir.ts";
import { partsOf } from "../../../generator/src/model/type-parts.ts";
import type { Resolution } from "../../../generator/src/resolve/resolution.ts";

/** All that a resolution says, whatever ids its nodes have. */
export function allSaid({ types, questions, ...rest }: Resolution): unknown {
  const said = [...types].map(([id, { text, module, ir }]) => {
    return [id, text, module, contentText(ir), typeFingerprints(ir.nodes)[ir.root], placesIn(ir)];
  });
  return { ...rest, types: said, questions: questions.map((question) => JSON.stringify(question)).sort() };
}

/** Where the properties of a type and of all its parts are declared, in the order in which it leads to them. */
function placesIn({ root, nodes, files }: TypeIr): unknown {
  const ids = new Set<TypeId>([root]);
  const places: unknown[] = [];
  // Grows while it is gone through.
  for (const id of ids) {
    const node = nodes[id];
    if (node === undefined) throw new Error(`There is no node ${id}.`);
    for (const { type } of partsOf(node, nodes)) ids.add(type);
    if (node.kind !== "object") continue;
    for (const { name, at } of node.properties) places.push([name, at && [files[at[0]], at[1], at[2]]]);
  }
  return places;
}
