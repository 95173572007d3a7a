import type { TypeId } from "../../model/type-ir.ts";
import type { Lines } from "../check-lines.ts";
import { nodeOf } from "../checked-type.ts";
import { type Code, code, runtimeValue } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { allOf, misfitConditions } from "../misfit-condition.ts";
import { bytes, type Encoding, type Place, position, text } from "./encoding.ts";
import { isTextual } from "./textual.ts";

/** A value without parts of its own. */
export function encodeSimple(encoding: Encoding, id: TypeId, place: Place, isChecked: boolean): Lines {
  const node = nodeOf(id, encoding.nodes);
  const { value } = place;
  const check = isChecked
    ? []
    : [
        code`if (${allOf(misfitConditions([id], value, encoding.nodes, encoding.constants))}) return ${encoding.misfit([id], place)};`,
      ];
  switch (node.kind) {
    case "string":
    case "template":
      return [...check, ...encodeString(encoding, value)];
    case "number":
      return [...check, code`${position} = ${runtimeValue("writeNumber")}(${bytes}, ${position}, ${value});`];
    case "integer":
      // That it is one does not tell TypeScript what it is.
      return [...check, code`${position} = ${runtimeValue("writeNumber")}(${bytes}, ${position}, ${value} as number);`];
    case "bigint":
      return [...check, code`${position} = ${runtimeValue("writeBigint")}(${bytes}, ${position}, ${value});`];
    case "builtin": {
      if (isTextual(node.name)) {
        const written = encoding.scope.variable("written");
        const print = code`${runtimeValue("builtinText")}(${value}, ${stringLiteral(node.name)})`;
        return [...check, code`const ${written} = ${print};`, ...encodeString(encoding, written)];
      }
      const [write, type] = node.name === "Date" ? ["writeDate", "Date"] : ["writeBytes", "ArrayBufferView"];
      return [...check, code`${position} = ${runtimeValue(write)}(${bytes}, ${position}, ${value} as ${type});`];
    }
    default:
      throw new Error(`There is no typed form of ${node.kind}.`);
  }
}

/** A string: its length here, its characters among all text. */
function encodeString(encoding: Encoding, value: Code): Lines {
  encoding.usesText();
  return [code`${text} += ${value};`, ...encodeLength(code`${value}.length`)];
}

/** A length, or how many things follow: of one byte where it stands. */
export function encodeLength(length: Code): Lines {
  return [
    code`if (${length} < 0x80) ${bytes}[${position}++] = ${length};`,
    code`else ${position} = ${runtimeValue("writeLength")}(${bytes}, ${position}, ${length});`,
  ];
}

/** What is true of a value of a type without parts. */
export function isOf(encoding: Encoding, id: TypeId, value: Code): Code {
  const node = nodeOf(id, encoding.nodes);
  switch (node.kind) {
    case "string":
    case "number":
    case "bigint":
      return code`typeof ${value} === ${stringLiteral(node.kind)}`;
    case "builtin":
      return code`${runtimeValue("isBuiltin")}(${value}, ${stringLiteral(node.name)})`;
    default:
      return code`!(${allOf(misfitConditions([id], value, encoding.nodes, encoding.constants))})`;
  }
}
