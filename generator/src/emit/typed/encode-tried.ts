import type { ObjectNode, TypeId, TypeNode } from "../../model/type-ir.ts";
import { partsOf } from "../../model/type-parts.ts";
import { indent, type Lines } from "../check-lines.ts";
import { pathCode } from "../check-path.ts";
import { nodeOf } from "../checked-type.ts";
import { type Code, code, local, runtimeValue } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import type { Choice } from "./encode-choice.ts";
import { type Encoding, found, output, type Place, position, text } from "./encoding.ts";
import { isKept } from "./indexes.ts";

/**
 * A value of one of several types that nothing but trying tells apart. Only those are tried that keep all of its names that
 * any of them keeps: as another one, it would lose some.
 */
export function encodeTried(encoding: Encoding, members: readonly TypeId[], choice: Choice, place: Place): Lines {
  encoding.usesCalls();
  const { scope, nodes } = encoding;
  const [startPosition, startText] = [scope.variable("startPosition"), scope.variable("startText")];
  const isFit = scope.variable("isFit");
  const sorted = largestFirst(members, nodes);
  const own = ownNames(encoding, sorted, place.value);
  // What holds the same again would be tried once for each try of what it is in.
  const isDeep = members.some((id) => encoding.plan.cyclic.has(id));
  const [fits, fit] = [scope.variable("fits"), scope.variable("fit")];
  const tries = sorted.flatMap((id, index): Lines => {
    const [turn, select] = [own?.keepsAll[index], choice.select(choice.numberOf(id))];
    const known = code`${fit} === ${String(index)}`;
    const isFirst = code`${fit} === undefined`;
    const isTried = turn === undefined ? code`(${isFirst} || ${known})` : code`(${isFirst} ? ${turn} : ${known})`;
    const isNext = isDeep ? isTried : turn;
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
  const misfit = encoding.misfit(choice.ids, place);
  const refusal = own === undefined ? misfit : own.misfit(place, misfit);
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
    ...(own?.lines ?? []),
    ...tries,
    ...(isDeep
      ? [code`if (!${isFit}) {`, ...indent([code`${fits}.set(${place.value}, -1);`, code`return ${refusal};`]), "}"]
      : [code`if (!${isFit}) return ${refusal};`]),
  ];
}

/** Names of a value that may not be lost. */
interface OwnNames {
  readonly lines: Lines;
  /** What is true where each member keeps all of them; `undefined` for one that keeps whatever another one does. */
  readonly keepsAll: readonly (Code | undefined)[];
  readonly misfit: (place: Place, misfit: Code) => Code;
}

/** `undefined` where each member keeps the same names. */
function ownNames(
  { scope, nodes, constants }: Encoding,
  members: readonly TypeId[],
  value: Code,
): OwnNames | undefined {
  const objects = members.flatMap((id) => {
    const node = nodeOf(id, nodes);
    return node.kind === "object" ? [node] : [];
  });
  const all = {
    properties: objects.flatMap(({ properties }) => properties),
    indexes: objects.flatMap(({ indexes }) => indexes),
  };
  const name = local("name");
  const keepsAsMuch = objects.map(
    (node) => declaresAll(node, all) || isKept(name, node, nodes, constants) === undefined,
  );
  if (keepsAsMuch.every(Boolean)) return undefined;
  const names = scope.variable("names");
  const keepsAll = objects.map((node, index) => {
    const is = keepsAsMuch[index] ? undefined : isKept(name, node, nodes, constants);
    return is === undefined ? undefined : code`${names}.every((${name}) => ${is})`;
  });
  const isOfAny = isKept(name, all, nodes, constants);
  const filter = isOfAny === undefined ? "" : code`.filter((${name}) => ${isOfAny})`;
  return {
    lines: [code`const ${names} = Object.keys(${value})${filter};`],
    keepsAll,
    misfit: ({ path }, misfit) => {
      if (keepsAll.includes(undefined)) return misfit;
      const at = path.length === 0 ? "" : code`, ${pathCode(path)}`;
      // Nothing was found where none was tried.
      return code`${found} === undefined ? ${runtimeValue("misfitOfNames")}(${names}, ${value}${at}) : ${misfit}`;
    },
  };
}

type Names = Pick<ObjectNode, "properties" | "indexes">;

function declaresAll({ properties, indexes }: Names, all: Names): boolean {
  const own = new Set(properties.map(({ name }) => name));
  const keys = new Set(indexes.map(({ key }) => key));
  return all.properties.every(({ name }) => own.has(name)) && all.indexes.every(({ key }) => keys.has(key));
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
