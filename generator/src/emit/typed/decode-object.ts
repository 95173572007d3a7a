import type { ObjectNode } from "../../model/type-ir.ts";
import { indent, type Lines, variableName } from "../check-lines.ts";
import { type Code, code, joinCode, runtimeValue } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import type { Field } from "../object-makers.ts";
import { decodeOptional } from "./decode-choice.ts";
import { bytes, cursor, type Decoding, input, position, type Read } from "./decoding.ts";
import { BitField, plus } from "./function-scope.ts";
import { isMeant, sortedIndexes } from "./indexes.ts";
import { commentOn } from "./part-comment.ts";

/** An object: its bits, unless they are among those of an object around it, then its properties. */
export function decodeObject(decoding: Decoding, node: ObjectNode, stem: string, outer: BitField | undefined): Read {
  const bits = outer ?? new BitField(decoding.scope);
  const read = decodeProperties(decoding, node, stem, bits);
  const { words, byteCount } = bits;
  if (outer !== undefined || byteCount === 0) return read;
  const loads = words.map(({ name, offset, bytes: count }) => {
    const parts = Array.from({ length: count }, (_, index) => {
      const byte = code`${bytes}[${plus(position, offset + index)}]!`;
      return index === 0 ? byte : code`(${byte} << ${String(index * 8)})`;
    });
    return code`const ${name} = ${joinCode(parts, " | ")};`;
  });
  return { lines: [...loads, code`${position} += ${String(byteCount)};`, ...read.lines], value: read.value };
}

function decodeProperties(decoding: Decoding, node: ObjectNode, stem: string, bits: BitField): Read {
  const { nodes } = decoding;
  const { properties, indexes } = node;
  const lines: Code[] = [];
  const always: Field[] = [];
  const sometimes: Optional[] = [];
  const value = decoding.scope.variable(stem);
  const optionals = properties.filter(({ isOptional }) => isOptional).length;
  const isOneForm = optionals === 0 || optionals > maxInForms;
  for (const { name, type, isOptional } of properties) {
    lines.push(commentOn(name, isOptional, type, nodes));
    if (!isOptional) {
      const part = decoding.place(type, "required", variableName(name), bits);
      // What stands in several places would else be written several times, with all that is in it.
      const read = isOneForm ? part : named(decoding, part, variableName(name));
      lines.push(...read.lines);
      always.push({ name, value: read.value });
      continue;
    }
    const isThere = decoding.scope.variable("isThere");
    const read = decodeOptional(decoding, type, variableName(name), bits, isThere);
    lines.push(...read.lines);
    sometimes.push({ isThere, name, value: read.value });
  }
  const inForms = isOneForm ? [] : sometimes;
  if (properties.length === 0 && indexes.length === 1)
    return { lines: decodeIndexed(decoding, node, value, true), value };
  const made = madeOf(decoding, node.name ?? stem.replace(/Value\d*$/, ""), always, inForms);
  if (sometimes.length === inForms.length && indexes.length === 0) return { lines, value: made };
  return {
    lines: [
      ...lines,
      code`const ${value}: Record<string, unknown> = ${made};`,
      ...sometimes
        .slice(inForms.length)
        .map((each) => code`if (${each.isThere}) ${setProperty(value, each.name, each.value)};`),
      ...decodeIndexed(decoding, node, value, false),
    ],
    value,
  };
}

/** The same, with what is of several parts made a constant. */
function named(decoding: Decoding, { lines, value }: Read, stem: string): Read {
  if (typeof value === "string" || "kind" in value) return { lines, value };
  const name = decoding.scope.variable(stem);
  return { lines: [...lines, code`const ${name} = ${value};`], value: name };
}

/** @param isNew - whether the object is made for these names, and gets no others */
function decodeIndexed(decoding: Decoding, { properties, indexes }: ObjectNode, object: Code, isNew: boolean): Lines {
  const { nodes } = decoding;
  return sortedIndexes(indexes, nodes).flatMap(({ key, type }, index, all): Lines => {
    decoding.usesText();
    const [names, name] = [decoding.scope.variable("names"), decoding.scope.variable("name")];
    const meant = isMeant(name, key, all.slice(0, index), properties, nodes, decoding.constants);
    const item = decoding.place(type, "required", "item", undefined);
    return [
      code`${input}.cursor = ${cursor};`,
      code`const ${names} = ${runtimeValue("readNames")}(${input}, ${position});`,
      code`${position} = ${input}.position;`,
      code`${cursor} = ${input}.cursor;`,
      ...(isNew ? [code`const ${object} = ${runtimeValue("newRecord")}();`] : []),
      code`for (const ${name} of ${names}) {`,
      ...indent([
        ...(meant === undefined ? [] : [code`if (!(${meant})) ${runtimeValue("unreadable")}();`]),
        ...item.lines,
        code`${runtimeValue("setOwn")}(${object}, ${name}, ${item.value});`,
      ]),
      "}",
    ];
  });
}

/** A property that the entry may have. */
interface Optional extends Field {
  readonly isThere: Code;
}

/** An object for each combination of so many optional properties is made faster than what gets them afterwards. */
const maxInForms = 2;

/** @param stem - what a constructor is called after */
function madeOf(
  decoding: Decoding,
  stem: string,
  fields: readonly Field[],
  [first, ...others]: readonly Optional[],
): Code {
  if (first !== undefined) {
    const without = madeOf(decoding, stem, fields, others);
    return code`(${first.isThere} ? ${madeOf(decoding, stem, [...fields, first], others)} : ${without})`;
  }
  return decoding.makers.make(stem, fields);
}

function setProperty(object: Code, name: string, value: Code): Code {
  if (name === "__proto__") return code`${runtimeValue("setOwn")}(${object}, ${stringLiteral(name)}, ${value})`;
  return code`${object}[${stringLiteral(name)}] = ${value}`;
}
