import type { IField, IMapField, INamespace, IType } from "protobufjs";
import type { Shape } from "./json-schema.ts";

type Message = Shape & { readonly kind: "record" };

/**
 * Messages for a shape, `Value` at the root; what is no record there is the field `value` of it. `undefined` where a value would
 * have to be converted first: unions of plain types, and maps of lists, have no counterpart. Enums are text, for the
 * values have text.
 */
export function protobufRootOf(shape: Shape): INamespace | undefined {
  const nested: Record<string, IType> = {};
  const root: Message =
    shape.kind === "record" ? shape : { kind: "record", fields: [{ name: "value", shape, isOptional: false }] };
  return addMessage(nested, "Value", root) ? { nested } : undefined;
}

function addMessage(nested: Record<string, IType>, name: string, { fields }: Message): boolean {
  const own: Record<string, IField | IMapField> = {};
  for (const [index, field] of fields.entries()) {
    const made = fieldOf(nested, `${name}_${field.name}`, field.shape, index + 1);
    if (made === undefined) return false;
    own[field.name] = made;
  }
  nested[name] = { fields: own };
  return true;
}

function fieldOf(
  nested: Record<string, IType>,
  name: string,
  shape: Shape,
  id: number,
): IField | IMapField | undefined {
  if (shape.kind === "map") {
    const type = typeOf(nested, name, shape.items);
    return type === undefined ? undefined : { keyType: "string", type, id };
  }
  if (shape.kind === "array") {
    const type = typeOf(nested, name, shape.items);
    return type === undefined ? undefined : { rule: "repeated", type, id, options: { packed: true } };
  }
  const type = typeOf(nested, name, shape);
  return type === undefined ? undefined : { type, id };
}

function typeOf(nested: Record<string, IType>, name: string, shape: Shape): string | undefined {
  switch (shape.kind) {
    case "enum":
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "int":
      return "sint32";
    // Its 64-bit integers come back as objects; a double holds every safe one.
    case "long":
    case "double":
      return "double";
    case "record":
      return addMessage(nested, name, shape) ? name : undefined;
    default:
      return undefined;
  }
}
