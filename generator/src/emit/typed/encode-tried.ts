import type { TypeId, TypeNode } from "../../model/type-ir.ts";
import { partsOf } from "../../model/type-parts.ts";
import { indent, type Lines } from "../check-lines.ts";
import { nodeOf } from "../checked-type.ts";
import { code, runtimeValue } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import type { Choice } from "./encode-choice.ts";
import { type Encoding, found, output, type Place, position, text } from "./encoding.ts";
import { keptNames } from "./indexes.ts";

/**
 * A value of one of several types that nothing but trying tells apart. Those that keep all of its names are tried first, for it may
 * fit others as well, as which it would lose some.
 */
export function encodeTried(encoding: Encoding, members: readonly TypeId[], choice: Choice, place: Place): Lines {
  encoding.usesCalls();
  const { scope, nodes, constants } = encoding;
  const [startPosition, startText] = [scope.variable("startPosition"), scope.variable("startText")];
  const [isFit, isLossy, names] = [scope.variable("isFit"), scope.variable("isLossy"), scope.variable("names")];
  const sorted = largestFirst(members, nodes);
  const kept = sorted.map((id) => {
    const node = nodeOf(id, nodes);
    return node.kind === "object" ? keptNames(node, names, nodes, constants) : undefined;
  });
  const isOnce = kept.every((own) => own === undefined);
  // What holds the same again would be tried once for each try of what it is in.
  const isDeep = members.some((id) => encoding.plan.cyclic.has(id));
  const [fits, fit] = [scope.variable("fits"), scope.variable("fit")];
  const tries = sorted.flatMap((id, index): Lines => {
    const [own, select] = [kept[index], choice.select(choice.numberOf(id))];
    // Each is tried once: of what holds the same union again, a second time would double with each level.
    const turn = isOnce ? undefined : own === undefined ? code`!${isLossy}` : code`${isLossy} !== ${own}`;
    const known = code`${fit} === ${String(index)}`;
    const isNext = isDeep ? code`(${fit} === undefined ? ${turn ?? "true"} : ${known})` : turn;
    return [
      code`if (!${isFit}${isNext === undefined ? "" : code` && ${isNext}`}) {`,
      ...indent([
        code`${position} = ${startPosition};`,
        code`${text} = ${startText};`,
        ...(choice.isInBits ? [] : select),
        ...encoding.leave(),
        code`${found} = ${encoding.functionOf(id)}(${place.value}, ${output});`,
        ...encoding.enter(),
        code`${isFit} = ${found} === undefined;`,
        ...(choice.isInBits ? select.map((line) => code`if (${isFit}) ${line}`) : []),
        ...(isDeep ? [code`if (${isFit}) ${fits}.set(${place.value}, ${String(index)});`] : []),
      ]),
      "}",
    ];
  });
  return [
    code`const ${startPosition} = ${position};`,
    code`const ${startText} = ${text};`,
    code`let ${isFit} = false;`,
    ...(isDeep
      ? [
          code`const ${fits} = ${runtimeValue("fitsOf")}(${output}, ${stringLiteral(sorted.map((id) => encoding.functionOf(id).name).join())});`,
          code`const ${fit} = ${fits}.get(${place.value});`,
        ]
      : []),
    ...(isOnce
      ? tries
      : [
          code`const ${names} = Object.keys(${place.value});`,
          code`for (const ${isLossy} of [false, true]) {`,
          ...indent(tries),
          "}",
        ]),
    ...(isDeep
      ? [
          code`if (!${isFit}) {`,
          ...indent([code`${fits}.set(${place.value}, -1);`, code`return ${encoding.misfit(choice.ids, place)};`]),
          "}",
        ]
      : [code`if (!${isFit}) return ${encoding.misfit(choice.ids, place)};`]),
  ];
}

/** Types lead back to themselves without an end; those that differ only deeper than this are tried in their order. */
const maxLevels = 16;

/**
 * Those that say most come first: what fits them would lose something as another one. They are told apart by the names of
 * their own, else by those of their parts, and so on. The order is none of the entry's: each has the number of its choice.
 */
function largestFirst(members: readonly TypeId[], nodes: readonly TypeNode[]): readonly TypeId[] {
  // How often each type is met at a level: one that is met many times is looked into once.
  const counted = members.map((id) => ({ id, level: new Map([[id, 1]]), sizes: [] as number[] }));
  const isTied = (): boolean => new Set(counted.map(({ sizes }) => sizes.join())).size < counted.length;
  for (let depth = 0; depth < maxLevels && isTied(); depth++) {
    for (const each of counted) {
      each.sizes.push([...each.level].reduce((sum, [id, times]) => sum + times * namesOf(nodeOf(id, nodes)), 0));
      each.level = levelBelow(each.level, nodes);
    }
  }
  const compare = (sizes: readonly number[], others: readonly number[]): number =>
    sizes.map((size, depth) => size - (others[depth] ?? 0)).find((difference) => difference !== 0) ?? 0;
  return counted.sort((a, b) => compare(b.sizes, a.sizes)).map(({ id }) => id);
}

function namesOf(node: TypeNode): number {
  return node.kind === "object" ? node.properties.length : node.kind === "tuple" ? node.elements.length : 0;
}

/** A union is no level of its own: its members say more than one of them alone. */
function levelBelow(level: ReadonlyMap<TypeId, number>, nodes: readonly TypeNode[]): Map<TypeId, number> {
  const below = new Map<TypeId, number>();
  for (const [id, times] of level) {
    for (const { type } of partsOf(nodeOf(id, nodes), nodes)) {
      const node = nodeOf(type, nodes);
      for (const part of node.kind === "union" ? node.members : [type]) below.set(part, (below.get(part) ?? 0) + times);
    }
  }
  return below;
}
