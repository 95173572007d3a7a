import type { TypeId } from "../../model/type-ir.ts";
import { indent, type Lines } from "../check-lines.ts";
import { nodeOf } from "../checked-type.ts";
import { code } from "../code.ts";
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
  const sorted = [...members].sort((a, b) => sizeOf(encoding, b) - sizeOf(encoding, a));
  const kept = sorted.map((id) => {
    const node = nodeOf(id, nodes);
    return node.kind === "object" ? keptNames(node, names, nodes, constants) : undefined;
  });
  const isOnce = kept.every((own) => own === undefined);
  const tries = sorted.flatMap((id, index): Lines => {
    const [own, select] = [kept[index], choice.select(choice.numberOf(id))];
    // Each is tried once: of what holds the same union again, a second time would double with each level.
    const turn = isOnce ? "" : own === undefined ? code` && !${isLossy}` : code` && ${isLossy} !== ${own}`;
    return [
      code`if (!${isFit}${turn}) {`,
      ...indent([
        code`${position} = ${startPosition};`,
        code`${text} = ${startText};`,
        ...(choice.isInBits ? [] : select),
        ...encoding.leave(),
        code`${found} = ${encoding.functionOf(id)}(${place.value}, ${output});`,
        ...encoding.enter(),
        code`${isFit} = ${found} === undefined;`,
        ...(choice.isInBits ? select.map((line) => code`if (${isFit}) ${line}`) : []),
      ]),
      "}",
    ];
  });
  return [
    code`const ${startPosition} = ${position};`,
    code`const ${startText} = ${text};`,
    code`let ${isFit} = false;`,
    ...(isOnce
      ? tries
      : [
          code`const ${names} = Object.keys(${place.value});`,
          code`for (const ${isLossy} of [false, true]) {`,
          ...indent(tries),
          "}",
        ]),
    code`if (!${isFit}) return ${encoding.misfit(choice.ids, place)};`,
  ];
}

/** Those that say most come first: what fits them would lose something as another one. */
function sizeOf({ nodes }: Encoding, id: TypeId): number {
  const node = nodeOf(id, nodes);
  return node.kind === "object" ? node.properties.length : node.kind === "tuple" ? node.elements.length : 0;
}
