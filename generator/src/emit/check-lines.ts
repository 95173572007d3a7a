import type { TypeId, TypeNode } from "../model/type-ir.ts";
import { nodeOf } from "./checked-type.ts";
import { type Code, code, runtimeType, runtimeValue } from "./code.ts";
import { literalText } from "./misfit-condition.ts";

/** Lines of a function's body, without line ends. */
export type Lines = readonly Code[];

/** What tells an object of data from all else, among all values or among those of JSON. */
export type RecordTest = "isRecord" | "isJsonRecord";

/**
 * What tells values of a kind from all others.
 *
 * @param ids - all types of that kind that a value may have there
 */
export function kindTest(
  ids: readonly TypeId[],
  nodes: readonly TypeNode[],
  value: Code,
  recordTest: RecordTest = "isRecord",
): Code {
  const [first, ...others] = ids.map((id) => nodeOf(id, nodes));
  switch (first?.kind) {
    case "object": {
      // Of objects of one shape V8 knows the prototype; of others, to look it up as a property takes longer than to ask for it.
      const isOneShape = others.length === 0 && first.indexes.length === 0;
      return recordTest === "isRecord" && isOneShape
        ? code`${runtimeValue(recordTest)}(${value}, (${value} as ${runtimeType("Fields")})?.["__proto__"])`
        : code`${runtimeValue(recordTest)}(${value})`;
    }
    case "map":
      return code`${runtimeValue("isMap")}(${value})`;
    case "set":
      return code`${runtimeValue("isSet")}(${value})`;
    default:
      return code`Array.isArray(${value})`;
  }
}

/** A literal, or those of a union, as the language writes them. */
export function literalsOf(id: TypeId, nodes: readonly TypeNode[]): readonly string[] {
  const node = nodeOf(id, nodes);
  if (node.kind === "union") return node.members.flatMap((member) => literalsOf(member, nodes));
  return node.kind === "literal" ? [literalText(node)] : [];
}

/** What a property's value is called. */
export function variableName(name: string): string {
  // Functions begin so, and no variable may hide one.
  return /^(?!check|decode|encode)[A-Za-z_$][\w$]*$/.test(name)
    ? name === "item"
      ? name
      : `${name}Value`
    : "fieldValue";
}

/** A value that is looked at more than once gets a name, of which TypeScript then knows what has been found. */
export function constant(name: Code, read: Code): Code {
  return code`const ${name}: unknown = ${read};`;
}

/** A loop over what has no indexes, with the place in it counted for paths. */
export function counted(index: Code, head: Code, of: Code, lines: Lines): Lines {
  return [code`let ${index} = 0;`, code`for (const ${head} of ${of}) {`, ...indent([...lines, code`${index}++;`]), "}"];
}

/** Blocks that each begin with a condition and an open brace, as one chain. */
export function elseChain(blocks: readonly Lines[]): Lines {
  return blocks.flatMap(([head = "", ...body], index) => [index === 0 ? head : code`} else ${head}`, ...body]);
}

export function indent(lines: Lines): Lines {
  return lines.map((line) => code`  ${line}`);
}
