import type { ArrayNode, MapNode, SetNode, TupleNode, TypeId } from "../../model/type-ir.ts";
import { indent, type Lines } from "../check-lines.ts";
import { nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode, runtimeValue } from "../code.ts";
import { decodeCount, decodeHelped } from "./decode-simple.ts";
import { type Decoding, input, position, type Read } from "./decoding.ts";
import { takesBytes } from "./typed-plan.ts";

/** An array: numbers in one block, others one after the other. */
export function decodeArray(decoding: Decoding, { items }: ArrayNode, stem: string): Read {
  const { kind } = nodeOf(items, decoding.nodes);
  if (kind === "number") return decodeHelped(decoding, "readNumbers", stem);
  if (kind === "integer") return decodeHelped(decoding, "readIntegers", stem);
  const { lines, value: count } = decodeCount(decoding);
  const list = decoding.scope.variable(stem);
  const item = decodeLoop(decoding, items, count, (value, index) => code`${list}[${index}] = ${value};`);
  // It has no more room than it needs, where a list that grows would have a dozen places left.
  return { lines: [...lines, code`const ${list}: unknown[] = new Array(${count});`, ...item], value: list };
}

function decodeLoop(decoding: Decoding, items: TypeId, count: Code, add: (value: Code, index: Code) => Code): Lines {
  const index = decoding.scope.variable("index");
  const item = decodeItem(decoding, items, "item");
  return [
    code`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`,
    ...indent([...item.lines, add(item.value, index)]),
    "}",
  ];
}

function decodeItem(decoding: Decoding, id: TypeId, stem: string): Read {
  const { lines, value } = decoding.place(id, "required", stem, undefined);
  return takesBytes(id, decoding.nodes, decoding.plan)
    ? { lines, value }
    : { lines: [...lines, code`${position}++;`], value };
}

/** A tuple: how many elements there are, where that is not one number, and each of them. */
export function decodeTuple(decoding: Decoding, { elements }: TupleNode, stem: string): Read {
  const rest = elements.findIndex(({ presence }) => presence === "rest");
  const least = elements.filter(({ presence }) => presence === "required").length;
  const isExact = rest < 0 && least === elements.length;
  const list = decoding.scope.variable(stem);
  if (isExact) {
    const reads = elements.map(({ type }) => decoding.place(type, "required", "item", undefined));
    const values = joinCode(
      reads.map((read) => read.value),
      ", ",
    );
    return {
      lines: [...reads.flatMap((read) => read.lines), code`const ${list} = ${runtimeValue("listOf")}(${values});`],
      value: list,
    };
  }
  const { lines: counting, value: count } = decodeHelped(decoding, "readLength", "count");
  const bounds = [
    ...(least > 0 ? [code`${count} < ${String(least)}`] : []),
    ...(rest < 0 ? [code`${count} > ${String(elements.length)}`] : []),
  ];
  const size = bounds.length === 0 ? [] : [code`if (${joinCode(bounds, " || ")}) ${runtimeValue("unreadable")}();`];
  const others = elements.length - 1;
  const lines = elements.flatMap(({ type, presence }, index): Lines => {
    if (presence === "rest") {
      const many = others === 0 ? count : code`${count} - ${String(others)}`;
      const fits = code`if (${many} > ${input}.end - ${position}) ${runtimeValue("unreadable")}();`;
      return [fits, ...decodeLoop(decoding, type, many, (value) => code`${list}.push(${value});`)];
    }
    const read = decoding.place(type, presence === "optional" ? "element" : "required", "item", undefined);
    const element = [...read.lines, code`${list}.push(${read.value});`];
    if (presence === "required") return element;
    return [code`if (${count} > ${String(index)}) {`, ...indent(element), "}"];
  });
  return { lines: [...counting, ...size, code`const ${list} = ${runtimeValue("listOf")}();`, ...lines], value: list };
}

/** A map: each key with its value. */
export function decodeMap(decoding: Decoding, { keys, values }: MapNode, stem: string): Read {
  const { lines, value: count } = decodeCount(decoding);
  const [map, index] = [decoding.scope.variable(stem), decoding.scope.variable("index")];
  const key = decodeItem(decoding, keys, "key");
  const item = decoding.place(values, "required", "item", undefined);
  return {
    lines: [
      ...lines,
      code`const ${map} = new Map<unknown, unknown>();`,
      code`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`,
      ...indent([...key.lines, ...item.lines, code`${map}.set(${key.value}, ${item.value});`]),
      "}",
    ],
    value: map,
  };
}

/** A set: its items. */
export function decodeSet(decoding: Decoding, { items }: SetNode, stem: string): Read {
  const { lines, value: count } = decodeCount(decoding);
  const set = decoding.scope.variable(stem);
  const loop = decodeLoop(decoding, items, count, (value) => code`${set}.add(${value});`);
  return { lines: [...lines, code`const ${set} = new Set<unknown>();`, ...loop], value: set };
}
