import type { BuiltinName, TypeNode } from "../model/type-ir.ts";
import type { TypeVisit } from "./walk-type.ts";

/** A first step that makes text or bytes of a whole value. */
export type ValueStep = "json" | "msgpack" | "pickle" | "typed" | "v8";

export const valueSteps: readonly ValueStep[] = ["json", "msgpack", "pickle", "typed", "v8"];

/** Something that not every serializer gives back as it was. */
export interface Peculiarity {
  /** With its article, for a message. */
  readonly name: string;
  /** What it could be declared as, to be carried by every one. */
  readonly instead: string;
  /** What becomes of it, by the step; a step that is not here gives it back. */
  readonly losses: Readonly<Partial<Record<ValueStep, string>>>;
  /** Whether json gives it back where it is not strict. */
  readonly isLaxJson?: true;
}

const refused = "set refuses it";

const undefinedItem: Peculiarity = {
  name: "undefined outside of a property",
  instead: "null",
  losses: { json: "it would come back as null", msgpack: refused, pickle: refused },
};

const bigint: Peculiarity = {
  name: "a bigint",
  instead: "a string",
  losses: {
    json: refused,
    msgpack: "a small one would come back as a number",
    pickle: "a small one would come back as a number",
  },
};

/** Beside a number a small one is what the type allows. */
const bigintOrNumber: Peculiarity = { ...bigint, losses: { json: refused } };

const map: Peculiarity = {
  name: "a Map",
  instead: "a Record, or an array of pairs",
  losses: {
    json: "it would come back as {}",
    msgpack: "one that is empty, or has keys of text, would come back as an object",
    pickle: "one that is empty, or has keys of text, would come back as an object",
  },
};

const set: Peculiarity = {
  name: "a Set",
  instead: "an array",
  losses: { json: "it would come back as {}", msgpack: refused },
};

const keyOfParts: Peculiarity = {
  name: "an object as a member of a Set",
  instead: "an array of them",
  losses: { pickle: "Python compares no objects, so set refuses it" },
};

const classOfFields: Peculiarity = {
  name: "of a class",
  instead: "an interface of its fields",
  isLaxJson: true,
  losses: {
    json: "set refuses its instances",
    msgpack: "set refuses its instances",
    pickle: "set refuses its instances",
    typed: "set refuses its instances",
  },
};

const anything: Peculiarity = {
  name: "of no known form",
  instead: "a type that says what it holds",
  losses: { typed: "it writes only what the type says" },
};

const numbers: Omit<Peculiarity, "name"> = {
  instead: "an array of numbers",
  losses: { json: "it would come back as an object", msgpack: refused, pickle: refused },
};

const python: Omit<Peculiarity, "name"> = {
  instead: "a string",
  losses: {
    json: "it would not come back as one",
    msgpack: refused,
    v8: "it would come back without its methods",
  },
};

const builtins: Readonly<Record<BuiltinName, Peculiarity>> = {
  Date: { name: "a Date", instead: "a string", losses: { json: "it would come back as a string" } },
  RegExp: {
    name: "a RegExp",
    instead: "a string, its source",
    losses: { json: "it would come back as {}", msgpack: refused, pickle: refused },
  },
  URL: {
    name: "a URL",
    instead: "a string, its href",
    losses: {
      json: "it would come back as a string",
      msgpack: refused,
      pickle: refused,
      v8: "it would come back as {}",
    },
  },
  Error: {
    name: "an Error",
    instead: "an object of what is needed of it",
    losses: { json: "it would come back as {}", msgpack: refused, pickle: refused, typed: refused },
  },
  Uint8Array: {
    name: "a Uint8Array",
    instead: "a string in base64",
    losses: { json: "it would come back as an object" },
  },
  Buffer: {
    name: "a Buffer",
    instead: "a Uint8Array",
    losses: {
      json: "it would come back as an object",
      msgpack: "it would come back as a Uint8Array",
      pickle: "it would come back as a Uint8Array",
    },
  },
  ArrayBuffer: { name: "an ArrayBuffer", ...numbers, instead: "a Uint8Array" },
  DataView: { name: "a DataView", ...numbers, instead: "a Uint8Array" },
  Int8Array: { name: "an Int8Array", ...numbers },
  Uint8ClampedArray: { name: "a Uint8ClampedArray", ...numbers },
  Int16Array: { name: "an Int16Array", ...numbers },
  Uint16Array: { name: "a Uint16Array", ...numbers },
  Int32Array: { name: "an Int32Array", ...numbers },
  Uint32Array: { name: "a Uint32Array", ...numbers },
  Float32Array: { name: "a Float32Array", ...numbers },
  Float64Array: { name: "a Float64Array", ...numbers },
  BigInt64Array: { name: "a BigInt64Array", ...numbers, instead: "an array of strings" },
  BigUint64Array: { name: "a BigUint64Array", ...numbers, instead: "an array of strings" },
  PythonDate: { name: "a PythonDate", ...python },
  PythonDecimal: { name: "a PythonDecimal", ...python },
  PythonTimedelta: { name: "a PythonTimedelta", ...python },
  PythonUuid: { name: "a PythonUuid", ...python },
};

/** What is peculiar about a type where it stands; `undefined` for what every serializer of values carries. */
export function peculiarityOf(
  { node, holder, parent }: TypeVisit,
  nodes: readonly TypeNode[],
): Peculiarity | undefined {
  switch (node.kind) {
    case "any":
    case "unknown":
      return anything;
    case "undefined":
      return holder === "property" ? undefined : undefinedItem;
    case "bigint":
    case "bigint-literal":
      return parent?.node.kind === "union" && parent.node.members.some((id) => nodes[id]?.kind === "number")
        ? bigintOrNumber
        : bigint;
    case "map":
      return map;
    case "set":
      return set;
    case "builtin":
      return builtins[node.name];
    case "object":
      if (node.isClass) return classOfFields;
      if (node.properties.length === 0 && node.indexes.length === 0) return anything;
      return holder === "key" ? keyOfParts : undefined;
    default:
      return undefined;
  }
}
