import type { TypeId } from "../../model/type-ir.ts";
import { propertyStep } from "../../model/type-parts.ts";
import { indent, kindTest, type Lines, literalsOf } from "../check-lines.ts";
import { isComplex, kindGroups, nodeOf } from "../checked-type.ts";
import { type Code, code } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { type Alternative, choiceForm } from "./alternatives.ts";
import { encodeSimple, isOf } from "./encode-simple.ts";
import { bytes, type Encoding, found, output, type Place, position, text } from "./encoding.ts";
import type { BitField } from "./function-scope.ts";

/** The choice of one of several, and what belongs to it. */
export function encodeChoice(
  encoding: Encoding,
  alternatives: readonly Alternative[],
  ids: readonly TypeId[],
  place: Place,
  bits: BitField | undefined,
): Lines {
  const [only] = alternatives;
  if (only === undefined) return [code`return ${encoding.misfit(ids, place)};`];
  if (alternatives.length === 1) {
    if (only.kind === "type") return encoding.whole(only.id, place, bits);
    const text = only.kind === "constant" ? only.text : "undefined";
    return [code`if (${place.value} !== ${text}) return ${encoding.misfit(ids, place)};`];
  }
  const select = selector(encoding, alternatives.length, bits);
  const branches: { readonly test: Code; readonly lines: Lines }[] = [];
  for (const [index, alternative] of alternatives.entries()) {
    if (alternative.kind === "type") continue;
    const test =
      alternative.kind === "absent"
        ? code`${place.value} === undefined && !${place.isOwn ?? ""}`
        : code`${place.value} === ${alternative.text}`;
    branches.push({ test, lines: select(index) });
  }
  const types = alternatives.flatMap((alternative, index) =>
    alternative.kind === "type" ? [{ id: alternative.id, index }] : [],
  );
  const numbers = new Map(types.map(({ id, index }) => [id, index]));
  const complex = types.filter(({ id }) => isComplex(id, encoding.nodes)).map(({ id }) => id);
  for (const { id, index } of types) {
    if (isComplex(id, encoding.nodes)) continue;
    branches.push({
      test: isOf(encoding, id, place.value),
      lines: [...select(index), ...encodeSimple(encoding, id, place, true)],
    });
  }
  for (const [kind, members] of kindGroups(complex, encoding.nodes)) {
    branches.push({
      test: kindTest(kind, place.value),
      lines: encodeOneOf(encoding, members, numbers, ids, select, place),
    });
  }
  const chain = branches.flatMap(
    ({ test, lines }, index): Lines => [code`${index === 0 ? "" : "} else "}if (${test}) {`, ...indent(lines)],
  );
  return [...chain, "} else {", ...indent([code`return ${encoding.misfit(ids, place)};`]), "}"];
}

/** Writes which alternative it is: into the bits of the object, or as bytes of its own. */
function selector(_encoding: Encoding, count: number, bits: BitField | undefined): (index: number) => Lines {
  const form = choiceForm(count, bits !== undefined);
  if ("bits" in form && bits !== undefined) {
    const { word, shift } = bits.take(form.bits);
    return (index) => (index === 0 ? [] : [code`${word} |= ${String(index << shift)};`]);
  }
  const isWide = "bytes" in form && form.bytes === 2;
  return (index) => [
    code`${bytes}[${position}++] = ${String(index & 0xff)};`,
    ...(isWide ? [code`${bytes}[${position}++] = ${String(index >> 8)};`] : []),
  ];
}

/** A value that is of the kind of all of these types. */
function encodeOneOf(
  encoding: Encoding,
  members: readonly TypeId[],
  numbers: ReadonlyMap<TypeId, number>,
  ids: readonly TypeId[],
  select: (index: number) => Lines,
  place: Place,
): Lines {
  const { nodes } = encoding;
  const [only] = members;
  const numberOf = (id: TypeId): number => numbers.get(id) ?? 0;
  if (members.length === 1 && only !== undefined) {
    return [...select(numberOf(only)), ...encoding.parts(only, place)];
  }
  const union = ids.map((id) => nodeOf(id, nodes)).find((node) => node.kind === "union");
  const tag = union?.kind === "union" ? union.tag : undefined;
  if (tag !== undefined && members.every((id) => nodeOf(id, nodes).kind === "object")) {
    return encodeTagged(encoding, members, tag, numberOf, select, place);
  }
  return encodeTried(encoding, members, numberOf, ids, select, place);
}

function encodeTagged(
  encoding: Encoding,
  members: readonly TypeId[],
  tag: string,
  numberOf: (id: TypeId) => number,
  select: (index: number) => Lines,
  { value, path }: Place,
): Lines {
  const { nodes } = encoding;
  const read = code`${value}[${stringLiteral(tag)}]`;
  const tags: TypeId[] = [];
  const cases = members.flatMap((id): Lines => {
    const node = nodeOf(id, nodes);
    const type = node.kind === "object" ? node.properties.find(({ name }) => name === tag)?.type : undefined;
    if (type === undefined) return [];
    tags.push(type);
    const labels = literalsOf(type, nodes).map((label) => code`case ${label}:`);
    const [last] = labels.slice(-1);
    const lines = [...select(numberOf(id)), ...encoding.parts(id, { value, path })];
    return [...labels.slice(0, -1), code`${last ?? ""} {`, ...indent(lines), "  break;", "}"];
  });
  const refusal = code`return ${encoding.misfit(tags, { value: read, path: [...path, propertyStep(tag)] })};`;
  return [code`switch (${read}) {`, ...indent([...cases, "default:", ...indent([refusal])]), "}"];
}

/** Those that say most come first: what fits them would lose something as another one. */
function encodeTried(
  encoding: Encoding,
  members: readonly TypeId[],
  numberOf: (id: TypeId) => number,
  ids: readonly TypeId[],
  select: (index: number) => Lines,
  place: Place,
): Lines {
  encoding.usesCalls();
  const size = (id: TypeId): number => {
    const node = nodeOf(id, encoding.nodes);
    return node.kind === "object" ? node.properties.length : node.kind === "tuple" ? node.elements.length : 0;
  };
  const [startPosition, startText] = [encoding.scope.variable("startPosition"), encoding.scope.variable("startText")];
  const sorted = [...members].sort((a, b) => size(b) - size(a));
  const tries = sorted.flatMap((id, index): Lines => {
    const attempt: Lines = [
      ...select(numberOf(id)),
      ...encoding.leave(),
      code`${found} = ${encoding.functionOf(id)}(${place.value}, ${output});`,
      ...encoding.enter(),
    ];
    if (index === 0) return attempt;
    const back: Lines = [code`${position} = ${startPosition};`, code`${text} = ${startText};`];
    return [code`if (${found} !== undefined) {`, ...indent([...back, ...attempt]), "}"];
  });
  return [
    code`const ${startPosition} = ${position};`,
    code`const ${startText} = ${text};`,
    ...tries,
    code`if (${found} !== undefined) return ${encoding.misfit(ids, place)};`,
  ];
}
