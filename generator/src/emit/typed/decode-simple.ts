import type { TypeId } from "../../model/type-ir.ts";
import { nodeOf } from "../checked-type.ts";
import { code, runtimeValue } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { allOf, misfitConditions } from "../misfit-condition.ts";
import { bytes, cursor, type Decoding, input, position, type Read, text } from "./decoding.ts";
import { isTextual } from "./textual.ts";

/** A value without parts of its own. */
export function decodeSimple(decoding: Decoding, id: TypeId, stem: string): Read {
  const node = nodeOf(id, decoding.nodes);
  switch (node.kind) {
    case "string":
      return decodeString(decoding, stem);
    case "template":
      return decodeChecked(decoding, id, decodeString(decoding, stem));
    case "integer":
      return decodeChecked(decoding, id, decodeNumber(decoding, stem));
    case "number":
      return decodeNumber(decoding, stem);
    case "bigint":
      return decodeHelped(decoding, "readBigint", stem);
    case "builtin": {
      if (isTextual(node.name)) {
        const written = decodeString(decoding, "written");
        const value = decoding.scope.variable(stem);
        const parse = code`${runtimeValue("builtinOfText")}(${written.value}, ${stringLiteral(node.name)})`;
        return { lines: [...written.lines, code`const ${value} = ${parse};`], value };
      }
      if (node.name === "Date") return decodeHelped(decoding, "readDate", stem);
      const { lines, value } = decodeHelped(decoding, "readBuffer", stem);
      const made = decoding.scope.variable(stem);
      const make =
        node.name === "ArrayBuffer"
          ? value
          : node.name === "Buffer"
            ? code`Buffer.from(${value})`
            : code`new ${node.name}(${value})`;
      return { lines: [...lines, code`const ${made} = ${make};`], value: made };
    }
    default:
      throw new Error(`There is no typed form of ${node.kind}.`);
  }
}

/** What may be of the right kind, and still none of the type. */
function decodeChecked(decoding: Decoding, id: TypeId, { lines, value }: Read): Read {
  const misfits = allOf(misfitConditions([id], value, decoding.nodes, decoding.constants));
  return { lines: [...lines, code`if (${misfits}) ${runtimeValue("unreadable")}();`], value };
}

/** A string: its length here, its characters among all text. */
function decodeString(decoding: Decoding, stem: string): Read {
  decoding.usesText();
  const length = decodeLength(decoding, "length");
  const value = decoding.scope.variable(stem);
  const taken = code`${text}.substring(${cursor}, (${cursor} += ${length.value}))`;
  return { lines: [...length.lines, code`const ${value} = ${taken};`], value };
}

/** How many things follow. */
export function decodeCount(decoding: Decoding): Read {
  const { lines, value } = decodeLength(decoding, "count");
  return {
    lines: [...lines, code`if ((${input}.unclaimed -= ${value}) < 0) ${runtimeValue("unreadable")}();`],
    value,
  };
}

/** A length: of one byte where it stands. */
function decodeLength(decoding: Decoding, stem: string): Read {
  const value = decoding.scope.variable(stem);
  return {
    lines: [
      code`let ${value} = ${bytes}[${position}++]!;`,
      code`if (${value} > 0x7f) {`,
      code`  ${value} = ${runtimeValue("readLength")}(${input}, ${position} - 1);`,
      code`  ${position} = ${input}.position;`,
      "}",
    ],
    value,
  };
}

/** A number: a whole one of one byte where it stands, for of calls V8 puts only so many in their places. */
function decodeNumber(decoding: Decoding, stem: string): Read {
  const value = decoding.scope.variable(stem);
  return {
    lines: [
      code`let ${value}: number = ${bytes}[${position}++]!;`,
      code`if ((${value} & 0x83) === 0) ${value} = (${value} >> 3) ^ -((${value} >> 2) & 1);`,
      "else {",
      code`  ${value} = ${runtimeValue("readNumber")}(${input}, ${position} - 1);`,
      code`  ${position} = ${input}.position;`,
      "}",
    ],
    value,
  };
}

/** What a helper gives, which leaves the position behind it. */
export function decodeHelped(decoding: Decoding, name: string, stem: string, further = ""): Read {
  const value = decoding.scope.variable(stem);
  const call = code`${runtimeValue(name)}(${input}, ${position}${further})`;
  return { lines: [code`const ${value} = ${call};`, code`${position} = ${input}.position;`], value };
}
