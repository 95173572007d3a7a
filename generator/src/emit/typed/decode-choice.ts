import type { TypeId } from "../../model/type-ir.ts";
import { indent, type Lines } from "../check-lines.ts";
import { code, type LocalName, runtimeValue } from "../code.ts";
import { type Alternative, alternativesOf, choiceForm } from "./alternatives.ts";
import { bytes, type Decoding, position, type Read } from "./decoding.ts";
import type { BitField } from "./function-scope.ts";

/** The choice of one of several, and what belongs to it. */
export function decodeChoice(
  decoding: Decoding,
  alternatives: readonly Alternative[],
  stem: string,
  bits: BitField | undefined,
): Read {
  const [only] = alternatives;
  if (only === undefined) {
    // Always true, in words that no compiler takes for the end of the function.
    return { lines: [code`if (${position} >= 0) ${runtimeValue("unreadable")}();`], value: "undefined" };
  }
  if (alternatives.length === 1) {
    return only.kind === "type" ? decoding.one(only.id, stem, bits) : { lines: [], value: constantText(only) };
  }
  const { lines: choosing, value: choice } = readChoice(decoding, alternatives.length, bits);
  const isConstant = alternatives.every(({ kind }) => kind !== "type");
  const isFull = bits !== undefined && (alternatives.length & (alternatives.length - 1)) === 0;
  const value = decoding.scope.variable(stem);
  if (isConstant) {
    if (alternatives.length === 2) {
      const [first, second] = alternatives.map(constantText);
      const refusal = bits === undefined ? [code`if (${choice} > 1) ${runtimeValue("unreadable")}();`] : [];
      const is = bits === undefined ? choice : code`(${choice})`;
      const chosen =
        first === "false" && second === "true"
          ? code`${is} === 1`
          : code`${is} === 0 ? ${first ?? ""} : ${second ?? ""}`;
      return { lines: [...choosing, ...refusal, code`const ${value} = ${chosen};`], value };
    }
    const list = `[${alternatives.map((each) => typedText(constantText(each))).join(", ")}]`;
    const table = decoding.constants.name("choices", `${list} as const`, list);
    const refusal = isFull
      ? []
      : [code`if ((${choice}) >= ${String(alternatives.length)}) ${runtimeValue("unreadable")}();`];
    return { lines: [...choosing, ...refusal, code`const ${value} = ${table}[${choice}];`], value };
  }
  const cases = alternatives.flatMap((alternative, index): Lines => {
    const read =
      alternative.kind === "type"
        ? decoding.one(alternative.id, stem, undefined)
        : { lines: [], value: constantText(alternative) };
    return [code`case ${String(index)}: {`, ...indent([...read.lines, code`${value} = ${read.value};`, "break;"]), "}"];
  });
  return {
    lines: [
      ...choosing,
      code`let ${value}: unknown;`,
      code`switch (${choice}) {`,
      ...indent([...cases, "default:", code`  ${runtimeValue("unreadable")}();`]),
      "}",
    ],
    value,
  };
}

function readChoice(decoding: Decoding, count: number, bits: BitField | undefined): Read {
  const form = choiceForm(count, bits !== undefined);
  if ("bits" in form && bits !== undefined) {
    const { word, shift } = bits.take(form.bits);
    const shifted = shift === 0 ? word : code`(${word} >> ${String(shift)})`;
    return { lines: [], value: code`${shifted} & ${String(2 ** form.bits - 1)}` };
  }
  const choice = decoding.scope.variable("choice");
  const first = code`${bytes}[${position}]!`;
  if ("bytes" in form && form.bytes === 2) {
    const wide = code`${first} | (${bytes}[${position} + 1]! << 8)`;
    return { lines: [code`const ${choice} = ${wide};`, code`${position} += 2;`], value: choice };
  }
  return { lines: [code`const ${choice} = ${first};`, code`${position}++;`], value: choice };
}

/** A choice of which the first one is that there is nothing. */
export function decodeOptional(
  decoding: Decoding,
  type: TypeId,
  stem: string,
  bits: BitField,
  isThere: LocalName,
): Read {
  const alternatives = alternativesOf(type, decoding.nodes, "property");
  const { lines, value: choice } = readChoice(decoding, alternatives.length, bits);
  const value = decoding.scope.variable(stem);
  const cases = alternatives.flatMap((alternative, index): Lines => {
    if (index === 0) return [code`case 0:`, "  break;"];
    const read =
      alternative.kind === "type"
        ? decoding.one(alternative.id, stem, undefined)
        : { lines: [], value: constantText(alternative) };
    return [code`case ${String(index)}: {`, ...indent([...read.lines, code`${value} = ${read.value};`, "break;"]), "}"];
  });
  return {
    lines: [
      ...lines,
      code`const ${isThere} = (${choice}) !== 0;`,
      code`let ${value}: unknown;`,
      code`switch (${choice}) {`,
      ...indent([...cases, "default:", code`  ${runtimeValue("unreadable")}();`]),
      "}",
    ],
    value,
  };
}

function constantText(alternative: Alternative): string {
  return alternative.kind === "constant" ? alternative.text : "undefined";
}

/** Without `strictNullChecks`, what is absent makes a list one of any. */
function typedText(constant: string): string {
  return constant === "null" || constant === "undefined" ? `${constant} as ${constant}` : constant;
}
