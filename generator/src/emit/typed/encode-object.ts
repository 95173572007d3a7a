import type { ObjectNode, TypeId } from "../../model/type-ir.ts";
import { propertyStep } from "../../model/type-parts.ts";
import { constant, indent, type Lines, variableName } from "../check-lines.ts";
import { nameStep } from "../check-path.ts";
import { code, type LocalName, runtimeValue } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { afterFirstComplex, ownProperties, sightsOf } from "../part-order.ts";
import { bytes, type Encoding, type Place, position, text } from "./encoding.ts";
import { BitField, plus } from "./function-scope.ts";
import { isMeant, sortedIndexes } from "./indexes.ts";
import { commentOn } from "./part-comment.ts";

/** An object: its bits, unless they are among those of an object around it, then its properties. */
export function encodeObject(
  encoding: Encoding,
  id: TypeId,
  node: ObjectNode,
  place: Place,
  outer: BitField | undefined,
): Lines {
  const bits = outer ?? new BitField(encoding.scope);
  const sights = encoding.plan.retried.has(id) ? propertiesAtSight(encoding, node, place) : [];
  const lines = [...sights, ...encodeProperties(encoding, node, place, bits)];
  if (outer !== undefined) return lines;
  const { words, byteCount } = bits;
  if (byteCount === 0) return lines;
  const at = encoding.scope.variable("bitsAt");
  return [
    code`const ${at} = ${position};`,
    code`${position} += ${String(byteCount)};`,
    ...words.map(({ name }) => code`let ${name} = 0;`),
    ...lines,
    ...words.flatMap(({ name, offset, bytes: count }) =>
      Array.from({ length: count }, (_, index) => {
        const shifted = index === 0 ? name : code`${name} >> ${String(index * 8)}`;
        return code`${bytes}[${plus(at, offset + index)}] = ${shifted};`;
      }),
    ),
  ];
}

/** What shows of properties that are written only after others have been looked into. */
function propertiesAtSight(encoding: Encoding, node: ObjectNode, { value, path }: Place): Lines {
  const { nodes, plan, constants } = encoding;
  const later = new Set(afterFirstComplex(node.properties, nodes));
  return ownProperties(node.properties).flatMap((property): Lines => {
    if (!later.has(property)) return [];
    const read = code`${value}[${stringLiteral(property.name)}]`;
    return sightsOf(property, read, nodes, plan, constants, [propertyStep(property.name)]).map((sight) => {
      const at: Place = { value: sight.value, path: [...path, ...sight.steps] };
      return code`if (${sight.misfit}) return ${encoding.misfit([sight.type], at)};`;
    });
  });
}

function encodeProperties(
  encoding: Encoding,
  { properties, indexes }: ObjectNode,
  { value, path }: Place,
  bits: BitField,
): Lines {
  const named = properties.flatMap(({ name, type, isOptional }): Lines => {
    const own = code`${value}[${stringLiteral(name)}]`;
    const isInherited = name in Object.prototype;
    // To ask for what no object inherits takes no call.
    const isOwn = isInherited
      ? code`${runtimeValue("isOwn")}(${value}, ${stringLiteral(name)})`
      : code`(${stringLiteral(name)} in ${value})`;
    const read = isInherited ? code`${isOwn} ? ${own} : undefined` : own;
    const part = encoding.scope.variable(variableName(name));
    const at = [...path, propertyStep(name)];
    return [
      commentOn(name, isOptional, type, encoding.nodes),
      constant(part, read),
      ...encoding.place(type, isOptional ? "property" : "required", { value: part, path: at, isOwn }, bits),
    ];
  });
  return [...named, ...encodeIndexed(encoding, { properties, indexes }, { value, path })];
}

/** Names that no declaration has, with their values: for each index those that it means and none before it. */
function encodeIndexed(
  encoding: Encoding,
  { properties, indexes }: Pick<ObjectNode, "properties" | "indexes">,
  { value, path }: Place,
): Lines {
  const { nodes } = encoding;
  return sortedIndexes(indexes, nodes).flatMap(({ key, type }, index, all): Lines => {
    const [names, name, items, at, item] = ["names", "name", "items", "index", "item"].map((stem) =>
      encoding.scope.variable(stem),
    ) as [LocalName, LocalName, LocalName, LocalName, LocalName];
    const filter = isMeant(name, key, all.slice(0, index), properties, nodes, encoding.constants);
    const own = code`Object.keys(${value})`;
    const list = filter === undefined ? own : code`${own}.filter((${name}) => ${filter})`;
    const place: Place = { value: item, path: [...path, nameStep(code`${names}[${at}]!`)] };
    encoding.usesText();
    return [
      code`const ${names} = ${list};`,
      code`${position} = ${runtimeValue("writeNames")}(${bytes}, ${position}, ${names});`,
      code`${text} += ${runtimeValue("joinNames")}(${names});`,
      ...(filter === undefined ? [code`const ${items} = ${runtimeValue("valuesOf")}(${value}, ${names});`] : []),
      code`for (let ${at} = 0; ${at} < ${names}.length; ${at}++) {`,
      ...indent([
        constant(item, filter === undefined ? code`${items}[${at}]` : code`${value}[${names}[${at}]!]`),
        ...encoding.place(type, "required", place, undefined),
      ]),
      "}",
    ];
  });
}
