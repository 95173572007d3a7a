import { isDate, isMap, isSet, isUint8Array } from "node:util/types";
import { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "../serializers/pickle/python-types.ts";
import { isPlainObject, symbolOf } from "../serializers/value-path.ts";

/** The classes whose instances can be made again on another thread: all that they are is in their own properties. */
export const movableClasses: readonly { readonly prototype: object }[] = [
  PythonDate,
  PythonDecimal,
  PythonTimedelta,
  PythonUuid,
];

const classIndexes: ReadonlyMap<unknown, number> = new Map(
  movableClasses.map(({ prototype }, index) => [prototype, index]),
);

// What pickle takes at most. What is deeper may hold itself, and is left to the serializer, which refuses it.
const maxDepth = 1_000;

/**
 * Looks once through a value: how large it is, and whether a copy on another thread would be as good. A class instance
 * would arrive there as a plain object, and pass where it must be refused.
 */
export class Survey {
  /** About as many as the serialized value has: characters of text, eight for a number. */
  bytes = 0;
  /** The instances of each of {@link movableClasses}. */
  readonly instances: readonly object[][] = movableClasses.map(() => []);
  #depth = 0;

  /** Whether all of it can be moved. */
  visit(value: unknown): boolean {
    switch (typeof value) {
      case "string":
        this.bytes += value.length;
        return true;
      case "number":
      case "bigint":
        this.bytes += 8;
        return true;
      case "boolean":
        this.bytes += 1;
        return true;
      case "object":
        return value === null || this.#visitObject(value);
      default:
        return false;
    }
  }

  #visitObject(value: object): boolean {
    if (this.#depth === maxDepth) return false;
    this.#depth += 1;
    const isMovable = this.#visitInside(value);
    this.#depth -= 1;
    return isMovable;
  }

  #visitInside(value: object): boolean {
    if (Array.isArray(value)) return this.#visitItems(value);
    if (isPlainObject(value)) return this.#visitProperties(value);
    if (isUint8Array(value)) {
      this.bytes += value.byteLength;
      return true;
    }
    if (isDate(value)) {
      this.bytes += 8;
      return true;
    }
    if (isSet(value)) return this.#visitItems([...value]);
    if (isMap(value)) return this.#visitItems([...value.keys()]) && this.#visitItems([...value.values()]);
    const index = classIndexes.get(Object.getPrototypeOf(value));
    if (index === undefined) return false;
    this.instances[index]?.push(value);
    return this.#visitProperties(value as Readonly<Record<string, unknown>>);
  }

  #visitItems(items: readonly unknown[]): boolean {
    // By index, so that a hole is seen: it is `undefined`, which nothing carries in an array.
    for (let index = 0; index < items.length; index++) if (!this.visit(items[index])) return false;
    return true;
  }

  #visitProperties(object: Readonly<Record<string, unknown>>): boolean {
    // The copy would be without it, and nobody would be told.
    if (symbolOf(object) !== undefined) return false;
    // Measured: a third faster than `Object.keys`, and half of what the whole costs. Inherited ones would only count too much.
    for (const name in object) {
      const property = object[name];
      this.bytes += name.length;
      if (property !== undefined && !this.visit(property)) return false;
    }
    return true;
  }
}
