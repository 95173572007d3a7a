import type { ArrayNode, MapNode, SetNode, TupleNode, TypeId } from "../../model/type-ir.ts";
import { constant, indent, type Lines } from "../check-lines.ts";
import { indexStep } from "../check-path.ts";
import { nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode, type LocalName, runtimeValue } from "../code.ts";
import { afterFirstComplex, sightsOf } from "../part-order.ts";
import { encodeLength } from "./encode-simple.ts";
import { bytes, type Encoding, type Place, position } from "./encoding.ts";
import { takesBytes } from "./typed-plan.ts";

/** An array: numbers in one block, others one after the other. */
export function encodeArray(encoding: Encoding, { items }: ArrayNode, place: Place): Lines {
  const { value, path } = place;
  const { kind } = nodeOf(items, encoding.nodes);
  if (kind === "number" || kind === "integer") {
    const write = kind === "number" ? "writeNumbers" : "writeIntegers";
    const end = encoding.scope.variable("end");
    const item: Place = { value: code`${value}[~${end}]`, path: [...path, indexStep(code`~${end}`)] };
    return [
      code`const ${end} = ${runtimeValue(write)}(${bytes}, ${position}, ${value});`,
      code`if (${end} < 0) return ${encoding.misfit([items], item)};`,
      code`${position} = ${end};`,
    ];
  }
  return [...encodeLength(code`${value}.length`), ...encodeLoop(encoding, items, place, "0", code`${value}.length`)];
}

function encodeLoop(encoding: Encoding, items: TypeId, { value, path }: Place, from: string, to: Code): Lines {
  const [index, item] = [encoding.scope.variable("index"), encoding.scope.variable("item")];
  return [
    code`for (let ${index} = ${from}; ${index} < ${to}; ${index}++) {`,
    ...indent([
      constant(item, code`${value}[${index}]`),
      ...encodeItem(encoding, items, { value: item, path: [...path, indexStep(index)] }),
    ]),
    "}",
  ];
}

/** One of many, each of which takes a byte at least: of nothing, a length could claim any number. */
function encodeItem(encoding: Encoding, id: TypeId, place: Place): Lines {
  const pad = takesBytes(id, encoding.nodes, encoding.plan) ? [] : [code`${bytes}[${position}++] = 0;`];
  return [...encoding.place(id, "required", place, undefined), ...pad];
}

/** A tuple: how many elements there are, where that is not one number, and each of them. */
export function encodeTuple(encoding: Encoding, id: TypeId, { elements }: TupleNode, place: Place): Lines {
  const { value, path } = place;
  const rest = elements.findIndex(({ presence }) => presence === "rest");
  const least = elements.filter(({ presence }) => presence === "required").length;
  const isExact = rest < 0 && least === elements.length;
  const bounds = [
    ...(least > 0 ? [code`${value}.length < ${String(least)}`] : []),
    ...(rest < 0 ? [code`${value}.length > ${String(elements.length)}`] : []),
  ];
  const sizes = isExact ? [code`${value}.length !== ${String(least)}`] : bounds;
  const size =
    sizes.length === 0 ? [] : [code`if (${joinCode(sizes, " || ")}) return ${encoding.misfit([id], place)};`];
  const after = rest < 0 ? 0 : elements.length - rest - 1;
  const lines = elements.flatMap(({ type, presence }, index): Lines => {
    if (presence === "rest") {
      const to = after === 0 ? code`${value}.length` : code`${value}.length - ${String(after)}`;
      return encodeLoop(encoding, type, place, String(index), to);
    }
    const isLate = rest >= 0 && index > rest;
    const at = isLate ? code`${value}.length - ${String(elements.length - index)}` : String(index);
    const item = encoding.scope.variable("item");
    const step = isLate ? indexStep(at) : `[${index}]`;
    const element = [
      constant(item, code`${value}[${at}]`),
      ...encoding.place(
        type,
        presence === "optional" ? "element" : "required",
        { value: item, path: [...path, step] },
        undefined,
      ),
    ];
    if (presence === "required") return element;
    return [code`if (${value}.length > ${String(index)}) {`, ...indent(element), "}"];
  });
  const sights = encoding.plan.retried.has(id) ? elementsAtSight(encoding, elements, place) : [];
  return [...size, ...sights, ...(isExact ? [] : encodeLength(code`${value}.length`)), ...lines];
}

/** What shows of elements that are written only after others have been looked into. */
function elementsAtSight(encoding: Encoding, elements: TupleNode["elements"], { value, path }: Place): Lines {
  const { nodes, plan, constants } = encoding;
  const rest = elements.findIndex(({ presence }) => presence === "rest");
  const placed = elements.map((element, index) => ({ ...element, index }));
  const fixed = rest < 0 ? placed : placed.slice(0, rest);
  return afterFirstComplex(fixed, nodes).flatMap(({ type, presence, index }): Lines => {
    const part = { type, isOptional: presence === "optional" };
    return sightsOf(part, code`${value}[${String(index)}]`, nodes, plan, constants, [`[${index}]`]).map((sight) => {
      const at: Place = { value: sight.value, path: [...path, ...sight.steps] };
      return code`if (${sight.misfit}) return ${encoding.misfit([sight.type], at)};`;
    });
  });
}

/** A map: each key with its value. */
export function encodeMap(encoding: Encoding, { keys, values }: MapNode, { value, path }: Place): Lines {
  const [index, key, item] = ["index", "key", "item"].map((stem) => encoding.scope.variable(stem)) as [
    LocalName,
    LocalName,
    LocalName,
  ];
  return [
    ...encodeLength(code`${value}.size`),
    code`let ${index} = 0;`,
    code`for (const [${key}, ${item}] of ${value}) {`,
    ...indent([
      ...encodeItem(encoding, keys, { value: key, path: [...path, ".keys()", indexStep(index)] }),
      ...encoding.place(values, "required", { value: item, path: [...path, ".values()", indexStep(index)] }, undefined),
      code`${index}++;`,
    ]),
    "}",
  ];
}

/** A set: its items. */
export function encodeSet(encoding: Encoding, { items }: SetNode, { value, path }: Place): Lines {
  const [index, item] = [encoding.scope.variable("index"), encoding.scope.variable("item")];
  return [
    ...encodeLength(code`${value}.size`),
    code`let ${index} = 0;`,
    code`for (const ${item} of ${value}) {`,
    ...indent([
      ...encodeItem(encoding, items, { value: item, path: [...path, ".values()", indexStep(index)] }),
      code`${index}++;`,
    ]),
    "}",
  ];
}
