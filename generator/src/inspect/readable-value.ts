import { types } from "node:util";
import { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "@cachetory/runtime";
import { propertyStep } from "../model/type-parts.ts";

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/**
 * A value as JSON, for people and programs. What JSON has no word for is an object of one property, `$` and the name of its
 * type: `{ "$Date": "2026-11-22T17:00:00.000Z" }`, `{ "$Uint8Array": "AAE=" }` in base64, `{ "$Map": [["a", 1]] }`,
 * `{ "$bigint": "7" }`. What holds itself is shown once, and then as `{ "$same": "value.parent" }`.
 */
export function readableValue(value: unknown): Json {
  return new Reader().read(value, "value");
}

/** The same on one line. */
export function valueText(value: unknown): string {
  return JSON.stringify(readableValue(value));
}

class Reader {
  /** What the value is in, with the way there. */
  readonly #around = new Map<object, string>();

  read(value: unknown, path: string): Json {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : { $number: Object.is(value, -0) ? "-0" : `${value}` };
      case "bigint":
        return { $bigint: `${value}` };
      case "object":
        return value === null ? null : this.#object(value, path);
      default:
        return { [`$${typeof value}`]: true };
    }
  }

  #object(value: object, path: string): Json {
    const same = this.#around.get(value);
    if (same !== undefined) return { $same: same };
    this.#around.set(value, path);
    const read = this.#parts(value, path);
    this.#around.delete(value);
    return read;
  }

  #parts(value: object, path: string): Json {
    if (Array.isArray(value)) return Array.from(value, (item, index) => this.read(item, `${path}[${index}]`));
    if (types.isMap(value)) {
      const entries = [...value].map(([key, item], index) => [
        this.read(key, `${path}.keys()[${index}]`),
        this.read(item, `${path}.values()[${index}]`),
      ]);
      return { $Map: entries };
    }
    if (types.isSet(value)) {
      return { $Set: [...value].map((item, index) => this.read(item, `${path}.values()[${index}]`)) };
    }
    return this.#withoutParts(value) ?? this.#properties(value, path);
  }

  /** Values of classes whose content is no properties. */
  #withoutParts(value: object): Json | undefined {
    if (types.isDate(value)) return { $Date: Number.isNaN(value.getTime()) ? "invalid" : value.toISOString() };
    if (types.isRegExp(value)) return { $RegExp: `${value}` };
    if (types.isNativeError(value)) return { [`$${value.name}`]: value.message };
    if (value instanceof PythonTimedelta) return { $PythonTimedelta: { ...value } };
    if (value instanceof PythonDate || value instanceof PythonDecimal || value instanceof PythonUuid) {
      return { [`$${value.constructor.name}`]: `${value}` };
    }
    if (types.isAnyArrayBuffer(value)) return { $ArrayBuffer: Buffer.from(value).toString("base64") };
    if (!ArrayBuffer.isView(value)) return undefined;
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
    return { [`$${value.constructor.name}`]: bytes };
  }

  #properties(value: object, path: string): Json {
    const entries = Object.entries(value).map(
      ([name, item]) => [name, this.read(item, `${path}${propertyStep(name)}`)] as const,
    );
    const [first] = entries;
    // An object that would be taken for something else.
    const isAmbiguous = entries.length === 1 && first?.[0].startsWith("$") === true;
    return isAmbiguous ? { $object: entries.map(([name, item]) => [name, item]) } : Object.fromEntries(entries);
  }
}
