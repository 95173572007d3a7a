/** As much of JSON Schema as `cachetory schema` writes for the payloads. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** What codecs with a schema of their own make of a type. */
export type Shape =
  | { readonly kind: "string" | "boolean" | "int" | "long" | "double" }
  | { readonly kind: "enum"; readonly names: readonly string[] }
  | { readonly kind: "array" | "map"; readonly items: Shape }
  | { readonly kind: "record"; readonly fields: readonly Field[] }
  | { readonly kind: "union"; readonly members: readonly Shape[] };

export interface Field {
  readonly name: string;
  readonly shape: Shape;
  /** Absent, or null. */
  readonly isOptional: boolean;
}

/**
 * The shape of a schema. Whether a number is an integer is looked up in the values, as their author would know it. Records
 * that are told apart by a field become one, whose fields may be absent: that is how these formats are used for them.
 */
export function shapeOf(schema: JsonSchema, values: readonly unknown[], root: JsonSchema = schema): Shape {
  if (schema.$ref !== undefined) {
    const target = root.$defs?.[schema.$ref.replace("#/$defs/", "")];
    if (target === undefined) throw new Error(`The schema has no ${schema.$ref}.`);
    return shapeOf(target, values, root);
  }
  if (schema.const !== undefined) return { kind: "enum", names: [String(schema.const)] };
  if (schema.enum) return { kind: "enum", names: schema.enum.filter((name) => name !== null).map(String) };
  if (schema.anyOf) return unionOf(schema.anyOf, values, root);
  if (Array.isArray(schema.type))
    return unionOf(
      schema.type.map((type: string) => ({ type })),
      values,
      root,
    );
  switch (schema.type) {
    case "array":
      return { kind: "array", items: shapeOf(schema.items ?? {}, (values as unknown[][]).flat(), root) };
    case "object":
      return objectOf(schema, values as Readonly<Record<string, unknown>>[], root);
    case "number":
      return numberOf(values.filter((value) => typeof value === "number"));
    case "string":
    case "boolean":
      return { kind: schema.type };
    default:
      throw new Error(`No shape for ${JSON.stringify(schema)}.`);
  }
}

function objectOf(schema: JsonSchema, values: readonly Readonly<Record<string, unknown>>[], root: JsonSchema): Shape {
  const { properties, additionalProperties, required = [] } = schema;
  if (properties === undefined) {
    const items = shapeOf(
      additionalProperties ?? {},
      values.flatMap((value) => Object.values(value)),
      root,
    );
    return { kind: "map", items };
  }
  const fields = Object.entries(properties).map(([name, field]) => {
    const found = values.map((value) => value[name]).filter((value) => value !== undefined && value !== null);
    const isOptional = !required.includes(name) || allows(field, "null");
    return { name, shape: shapeOf(field, found, root), isOptional };
  });
  return { kind: "record", fields };
}

function unionOf(members: readonly JsonSchema[], values: readonly unknown[], root: JsonSchema): Shape {
  const others = members.flatMap((member) =>
    Array.isArray(member.type) ? member.type.map((type: string): JsonSchema => ({ type })) : [member],
  );
  const [first, ...more] = others.filter(({ type }) => type !== "null");
  if (first === undefined) throw new Error("A union of nothing.");
  if (more.length === 0) return shapeOf(first, values, root);
  const shapes = [first, ...more].map((member) =>
    shapeOf(
      member,
      values.filter((value) => fits(member, value)),
      root,
    ),
  );
  const records = shapes.filter((shape) => shape.kind === "record");
  return records.length === shapes.length ? joined(records) : { kind: "union", members: shapes };
}

function joined(records: readonly (Shape & { readonly kind: "record" })[]): Shape {
  const names = [...new Set(records.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const fields = names.map((name): Field => {
    const found = records.flatMap((record) => record.fields.filter((field) => field.name === name));
    const tags = found.flatMap(({ shape }) => (shape.kind === "enum" ? shape.names : []));
    const isOptional = found.length < records.length || found.some((field) => field.isOptional);
    // A field of the same name has the same type in all of them, but for the tag.
    const [{ shape } = { shape: { kind: "string" } as Shape }] = found;
    return { name, shape: shape.kind === "enum" ? { kind: "enum", names: [...new Set(tags)] } : shape, isOptional };
  });
  return { kind: "record", fields };
}

function numberOf(values: readonly number[]): Shape {
  if (!values.every(Number.isSafeInteger)) return { kind: "double" };
  return { kind: values.every((value) => value === (value | 0)) ? "int" : "long" };
}

function allows(schema: JsonSchema, type: string): boolean {
  return (
    schema.type === type ||
    schema.type?.includes(type) === true ||
    schema.enum?.includes(null) === true ||
    schema.anyOf?.some((member) => allows(member, type)) === true
  );
}

/** Whether a value is of a member of a union; records are told apart by a field that can be only one text. */
function fits(schema: JsonSchema, value: unknown): boolean {
  switch (schema.type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return Object.entries(schema.properties ?? {}).every(
        ([name, field]) =>
          field.const === undefined || (value as Readonly<Record<string, unknown>>)[name] === field.const,
      );
    default:
      return typeof value === schema.type;
  }
}
