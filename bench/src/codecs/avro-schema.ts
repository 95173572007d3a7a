import type { Schema } from "avsc";
import type { Shape } from "./json-schema.ts";

/** A shape as an Avro schema, named as its author would. */
export function avroSchemaOf(shape: Shape, name = "Value"): Schema {
  switch (shape.kind) {
    case "enum":
      // What is no name for Avro is text.
      return shape.names.every((each) => /^[A-Za-z_]\w*$/.test(each))
        ? { type: "enum", name: `${name}Enum`, symbols: [...shape.names] }
        : "string";
    case "array":
      return { type: "array", items: avroSchemaOf(shape.items, `${name}Item`) };
    case "map":
      return { type: "map", values: avroSchemaOf(shape.items, `${name}Item`) };
    case "union":
      // A union is a list, which its types forget within a list.
      return shape.members.map((member, index) => avroSchemaOf(member, `${name}${index}`)) as Schema;
    case "record":
      return {
        type: "record",
        name,
        fields: shape.fields.map((field) => {
          const type = avroSchemaOf(field.shape, `${name}_${field.name}`);
          return field.isOptional
            ? { name: field.name, type: ["null", type] as Schema, default: null }
            : { name: field.name, type };
        }),
      };
    default:
      return shape.kind;
  }
}
