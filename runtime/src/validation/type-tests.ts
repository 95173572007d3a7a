import * as types from "node:util/types";
import { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "../serializers/pickle/python-types.ts";
import { isPlainObject } from "../serializers/value-path.ts";

/**
 * Whether it is data by name: no array, and of no class.
 *
 * @param prototype - its own, where the caller has looked that up: at a place of its own V8 knows it of the objects that come
 * there, and need not ask
 */
export function isRecord(value: unknown, prototype?: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  return prototype === Object.prototype || isPlainObject(value);
}

/** The same of a value that JSON has made, in which there is nothing else but arrays: half the time of a whole check. */
export function isJsonRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const hasProperty = Object.prototype.hasOwnProperty;

/** Whether the object itself has the property, not what it inherits from. */
export function isOwn(value: object, name: string): boolean {
  // In a loop over the names V8 makes nothing of this call, which of `Object.hasOwn` it does not: half the time in all.
  return hasProperty.call(value, name);
}

export function isMap(value: unknown): value is ReadonlyMap<unknown, unknown> {
  return types.isMap(value);
}

export function isSet(value: unknown): value is ReadonlySet<unknown> {
  return types.isSet(value);
}

/** Classes of JavaScript, Node and this package that some serializer gives back. */
type TestedClass =
  | "Date"
  | "RegExp"
  | "URL"
  | "Error"
  | "Uint8Array"
  | "Buffer"
  | "ArrayBuffer"
  | "DataView"
  | "Int8Array"
  | "Uint8ClampedArray"
  | "Int16Array"
  | "Uint16Array"
  | "Int32Array"
  | "Uint32Array"
  | "Float32Array"
  | "Float64Array"
  | "BigInt64Array"
  | "BigUint64Array"
  | "PythonDate"
  | "PythonDecimal"
  | "PythonTimedelta"
  | "PythonUuid";

/** Not by `instanceof`, which knows the classes of one realm: what V8 reads in a test runner may be of another. */
const tests: Readonly<Record<TestedClass, (value: unknown) => boolean>> = {
  Date: isDate,
  RegExp: types.isRegExp,
  URL: (value) => value instanceof URL,
  Error: types.isNativeError,
  Uint8Array: types.isUint8Array,
  Buffer: (value) => types.isUint8Array(value) && value.constructor.name === "Buffer",
  ArrayBuffer: types.isArrayBuffer,
  DataView: types.isDataView,
  Int8Array: types.isInt8Array,
  Uint8ClampedArray: types.isUint8ClampedArray,
  Int16Array: types.isInt16Array,
  Uint16Array: types.isUint16Array,
  Int32Array: types.isInt32Array,
  Uint32Array: types.isUint32Array,
  Float32Array: types.isFloat32Array,
  Float64Array: types.isFloat64Array,
  BigInt64Array: types.isBigInt64Array,
  BigUint64Array: types.isBigUint64Array,
  PythonDate: (value) => value instanceof PythonDate,
  PythonDecimal: (value) => value instanceof PythonDecimal,
  PythonTimedelta: (value) => value instanceof PythonTimedelta,
  PythonUuid: (value) => value instanceof PythonUuid,
};

const timeOf = Date.prototype.getTime;

function isDate(value: unknown): boolean {
  // Of this realm, which V8 tells in a tenth of the time.
  if (!(value instanceof Date)) return types.isDate(value);
  try {
    timeOf.call(value);
    return true;
  } catch {
    // It inherits from Date, and is none.
    return false;
  }
}

/** Whether it is an instance of the class. */
export function isBuiltin(value: unknown, name: TestedClass): boolean {
  return tests[name](value);
}
