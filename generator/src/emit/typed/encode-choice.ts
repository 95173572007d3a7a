import type { TypeId } from "../../model/type-ir.ts";
import { propertyStep } from "../../model/type-parts.ts";
import { indent, kindTest, type Lines, literalsOf } from "../check-lines.ts";
import { isComplex, kindGroups, nodeOf } from "../checked-type.ts";
import { type Code, code, runtimeType } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { allOf, misfitConditions } from "../misfit-condition.ts";
import { type Alternative, choiceForm } from "./alternatives.ts";
import { encodeSimple, isOf } from "./encode-simple.ts";
import { encodeTried } from "./encode-tried.ts";
import { bytes, type Encoding, type Place, position } from "./encoding.ts";
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
  if (only === undefined) {
    const misfits = allOf(misfitConditions(ids, place.value, encoding.nodes, encoding.constants));
    return [code`if (${misfits}) return ${encoding.misfit(ids, place)};`];
  }
  if (alternatives.length === 1) {
    if (only.kind === "type") return encoding.whole(only.id, place, bits);
    const text = only.kind === "constant" ? only.text : "undefined";
    return [code`if (${isNot(place.value, text)}) return ${encoding.misfit(ids, place)};`];
  }
  const types = alternatives.flatMap((alternative, index) =>
    alternative.kind === "type" ? [{ id: alternative.id, index }] : [],
  );
  const numbers = new Map(types.map(({ id, index }) => [id, index]));
  const choice: Choice = { ...selector(alternatives.length, bits), ids, numberOf: (id) => numbers.get(id) ?? 0 };
  const { select } = choice;
  const branches: { readonly test: Code; readonly lines: Lines }[] = [];
  for (const [index, alternative] of alternatives.entries()) {
    if (alternative.kind === "type") continue;
    const test =
      alternative.kind === "absent"
        ? code`${place.value} === undefined && !${place.isOwn ?? ""}`
        : is(place.value, alternative.text);
    branches.push({ test, lines: select(index) });
  }
  const complex = types.filter(({ id }) => isComplex(id, encoding.nodes)).map(({ id }) => id);
  for (const { id, index } of narrowFirst(types, encoding)) {
    if (isComplex(id, encoding.nodes)) continue;
    branches.push({
      test: isOf(encoding, id, place.value),
      lines: [...select(index), ...encodeSimple(encoding, id, place, true)],
    });
  }
  const groups = kindGroups(complex, encoding.nodes).map(([, members]) => members);
  const tagged = groups.find((members) => tagOf(members, ids, encoding) !== undefined) ?? [];
  const tag = tagOf(tagged, ids, encoding);
  for (const members of groups) {
    if (members === tagged) continue;
    branches.push({
      test: kindTest(members, encoding.nodes, place.value),
      lines: encodeOneOf(encoding, members, choice, place),
    });
  }
  if (tag !== undefined) {
    // What is left of objects may show its class behind its tag: there V8 knows the prototype of all that come.
    const test = code`typeof ${place.value} === "object" && ${place.value} !== null`;
    branches.push({ test, lines: encodeTagged(encoding, tagged, tag, choice, place) });
  }
  const chain = branches.flatMap(
    ({ test, lines }, index): Lines => [code`${index === 0 ? "" : "} else "}if (${test}) {`, ...indent(lines)],
  );
  return [...chain, "} else {", ...indent([code`return ${encoding.misfit(ids, place)};`]), "}"];
}

/** What is -0 is no 0, as which it would come back. */
function is(value: Code, constant: string): Code {
  return constant === "0" ? code`Object.is(${value}, 0)` : code`${value} === ${constant}`;
}

function isNot(value: Code, constant: string): Code {
  return constant === "0" ? code`!${is(value, constant)}` : code`${value} !== ${constant}`;
}

/** A Buffer is a Uint8Array too, as which it would come back. The order of the tests is none of the entry's. */
function narrowFirst<T extends { readonly id: TypeId }>(types: readonly T[], { nodes }: Encoding): readonly T[] {
  const isBuffer = ({ id }: T): boolean => {
    const node = nodeOf(id, nodes);
    return node.kind === "builtin" && node.name === "Buffer";
  };
  return [...types].sort((a, b) => Number(isBuffer(b)) - Number(isBuffer(a)));
}

/** What is written of a choice, and what may be chosen. */
export interface Choice {
  /** Writes which alternative it is: into the bits of the object, or as bytes of its own. */
  readonly select: (index: number) => Lines;
  /** Whether it is bits, which nothing takes back; bytes stand before the value, and are written over. */
  readonly isInBits: boolean;
  readonly ids: readonly TypeId[];
  readonly numberOf: (id: TypeId) => number;
}

function selector(count: number, bits: BitField | undefined): Pick<Choice, "select" | "isInBits"> {
  const form = choiceForm(count, bits !== undefined);
  if ("bits" in form && bits !== undefined) {
    const { word, shift } = bits.take(form.bits);
    const select = (index: number): Lines => (index === 0 ? [] : [code`${word} |= ${String(index << shift)};`]);
    return { select, isInBits: true };
  }
  const isWide = "bytes" in form && form.bytes === 2;
  const select = (index: number): Lines => [
    code`${bytes}[${position}++] = ${String(index & 0xff)};`,
    ...(isWide ? [code`${bytes}[${position}++] = ${String(index >> 8)};`] : []),
  ];
  return { select, isInBits: false };
}

/** The property that tells these types apart, where one does. */
function tagOf(members: readonly TypeId[], ids: readonly TypeId[], { nodes }: Encoding): string | undefined {
  const union = ids.map((id) => nodeOf(id, nodes)).find((node) => node.kind === "union");
  const isOfObjects = members.length > 1 && members.every((id) => nodeOf(id, nodes).kind === "object");
  return isOfObjects && union?.kind === "union" ? union.tag : undefined;
}

/** A value that is of the kind of all of these types. */
function encodeOneOf(encoding: Encoding, members: readonly TypeId[], choice: Choice, place: Place): Lines {
  const [only] = members;
  if (members.length > 1 || only === undefined) return encodeTried(encoding, members, choice, place);
  return [...choice.select(choice.numberOf(only)), ...encoding.parts(only, place)];
}

/** An object of whatever class, which its tag tells to be of one of these types, or of none. */
function encodeTagged(
  encoding: Encoding,
  members: readonly TypeId[],
  tag: string,
  { select, numberOf, ids }: Choice,
  place: Place,
): Lines {
  const { nodes, plan } = encoding;
  const read = code`(${place.value} as ${runtimeType("Fields")})[${stringLiteral(tag)}]`;
  const tags: TypeId[] = [];
  const cases = members.flatMap((id): Lines => {
    const node = nodeOf(id, nodes);
    const type = node.kind === "object" ? node.properties.find(({ name }) => name === tag)?.type : undefined;
    if (type === undefined) return [];
    tags.push(type);
    const labels = literalsOf(type, nodes).map((label) => code`case ${label}:`);
    const [last] = labels.slice(-1);
    const { value, path } = place;
    // A function of its own looks for itself.
    const parts = plan.names.has(id) ? encoding.parts(id, { value, path }) : encoding.whole(id, { value, path });
    return [
      ...labels.slice(0, -1),
      code`${last ?? ""} {`,
      ...indent([...select(numberOf(id)), ...parts, "break;"]),
      "}",
    ];
  });
  const misfit = encoding.misfit(tags, { value: read, path: [...place.path, propertyStep(tag)] });
  const refusals = [
    code`if (!${kindTest(members, nodes, place.value)}) return ${encoding.misfit(ids, place)};`,
    code`return ${misfit};`,
  ];
  return [code`switch (${read}) {`, ...indent([...cases, "default:", ...indent(refusals)]), "}"];
}
