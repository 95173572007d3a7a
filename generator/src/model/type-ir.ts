/**
 * What a type says of its values, without TypeScript: plain data that can be stored and compared. What TypeScript alone
 * knows is left out: names of types but for messages, `readonly`, brands, labels of tuples, type parameters.
 */
export interface TypeIr {
  readonly root: TypeId;
  /** Every type that the root leads to, by its id; types of one resolution share them. Recursion is an id met again. */
  readonly nodes: readonly TypeNode[];
  /** Absolute paths of the files that {@link DeclaredAt} means. */
  readonly files: readonly string[];
}

/** Index of a node in `nodes`. Means nothing outside of its resolution. */
export type TypeId = number;

/** Where something is declared: an index of `files`, and offsets in UTF-16 units, the end not included. */
export type DeclaredAt = readonly [file: number, start: number, end: number];

export type TypeNode =
  | SimpleNode
  | LiteralNode
  | BigintLiteralNode
  | TemplateNode
  | ArrayNode
  | TupleNode
  | ObjectNode
  | UnionNode
  | MapNode
  | SetNode
  | BuiltinNode
  | InstanceNode;

/**
 * A type without parts. `integer` is a number without a fraction, which only a JSON Schema asks for. `unknown` is any value, and says so honestly (`object` too); `never` has no values; `any` says
 * nothing. `function`, `symbol` and `promise` cannot leave the process. `endless` stands where a generic contains itself
 * with ever larger arguments, or where a type is larger than anybody would look through.
 */
export interface SimpleNode {
  readonly kind:
    | "null"
    | "undefined"
    | "boolean"
    | "number"
    | "integer"
    | "bigint"
    | "string"
    | "unknown"
    | "never"
    | "any"
    | "function"
    | "symbol"
    | "promise"
    | "endless";
}

/** One string, number or boolean, also as a member of an enum. */
export interface LiteralNode {
  readonly kind: "literal";
  readonly value: string | number | boolean;
}

export interface BigintLiteralNode {
  readonly kind: "bigint-literal";
  /** Decimal, with its sign. */
  readonly digits: string;
}

/** Strings of a form: `texts[0]`, a value of `types[0]`, `texts[1]` and so on; one text more than types. */
export interface TemplateNode {
  readonly kind: "template";
  readonly texts: readonly string[];
  readonly types: readonly TypeId[];
}

export interface ArrayNode {
  readonly kind: "array";
  readonly items: TypeId;
}

export interface TupleNode {
  readonly kind: "tuple";
  readonly elements: readonly TupleElement[];
}

export interface TupleElement {
  readonly type: TypeId;
  /** There is at most one `rest`: any number of values; required elements may follow it. */
  readonly presence: "required" | "optional" | "rest";
}

/** Data by name. An object of a class has the fields alone: it has no methods, or it would be an {@link InstanceNode}. */
export interface ObjectNode {
  readonly kind: "object";
  /** Of the interface, class or alias; `undefined` for a type that is written in place. */
  readonly name?: string;
  readonly isClass?: true;
  /** Sorted by name (code units). Keyed by text alone: what has a symbol for its name is no data. */
  readonly properties: readonly Property[];
  /**
   * Index signatures: what every property has whose name fits the key (a string, a number, a template), but for those
   * above. `never` by a string says that there are no others.
   */
  readonly indexes: readonly IndexSignature[];
}

export interface Property {
  readonly name: string;
  /** Without the `undefined` that `?` brings. */
  readonly type: TypeId;
  /** Whether it may be absent: `a?: string` is not `a: string | undefined`. */
  readonly isOptional: boolean;
  /** Absent for properties that no declaration names, as those of a `Record`. */
  readonly at?: DeclaredAt;
  readonly notes?: Notes;
}

/** What a JSON Schema says for people, in its own words; says nothing of values. */
export interface Notes {
  readonly title?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

export interface IndexSignature {
  readonly key: TypeId;
  readonly type: TypeId;
}

/** One of several types; at least two, none of which is a union. Ordered by what they say, not by where they stand. */
export interface UnionNode {
  readonly kind: "union";
  readonly members: readonly TypeId[];
  /** The property that tells the objects among them apart: in each required, with literals that no other one has. */
  readonly tag?: string;
}

/** `Map` and `ReadonlyMap`. */
export interface MapNode {
  readonly kind: "map";
  readonly keys: TypeId;
  readonly values: TypeId;
}

/** `Set` and `ReadonlySet`. */
export interface SetNode {
  readonly kind: "set";
  readonly items: TypeId;
}

/** A class of JavaScript, Node or the runtime that some serializer knows. */
export interface BuiltinNode {
  readonly kind: "builtin";
  readonly name: BuiltinName;
}

export type BuiltinName = (typeof builtinNames)[number];

export const builtinNames = [
  "Date",
  "RegExp",
  "URL",
  "Error",
  "Uint8Array",
  "Buffer",
  "ArrayBuffer",
  "DataView",
  "Int8Array",
  "Uint8ClampedArray",
  "Int16Array",
  "Uint16Array",
  "Int32Array",
  "Uint32Array",
  "Float32Array",
  "Float64Array",
  "BigInt64Array",
  "BigUint64Array",
  "PythonDate",
  "PythonDecimal",
  "PythonTimedelta",
  "PythonUuid",
] as const;

/** An object that is more than its data: with methods, accessors or private parts, or of a class of the language. */
export interface InstanceNode {
  readonly kind: "instance";
  readonly name: string;
  /** What it has beside data, as it is declared; may be empty. Sorted. */
  readonly methods: readonly string[];
  readonly at?: DeclaredAt;
}
