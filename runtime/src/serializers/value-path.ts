/** Where something stands inside of a value: names of properties and indexes, from the outside in. */
export type ValuePath = readonly (string | number)[];

/** The path as code: `value.items[2]["first name"]`. */
export function formatValuePath(path: ValuePath): string {
  return `value${path.map(formatStep).join("")}`;
}

/** One step of such a path. */
export function formatStep(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return /^[A-Za-z_$][\w$]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

/** What a value is, for a message: `NaN`, `a function`, `a Map`, `a symbol`. */
export function describeValue(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    const name: unknown = value.constructor?.name;
    return typeof name === "string" && name !== "" ? `a ${name}` : "an object without a class";
  }
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") return `a ${typeof value}`;
  return String(value);
}

/** Whether a value is an object literal or the like: of no class of its own. */
export function isPlainObject(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** The first property that an array without holes has beside its items. */
export function nameBesideItems(array: readonly unknown[]): string | undefined {
  return Object.keys(array)[array.length];
}

/** The first property under a symbol that a copy of the object would have. */
export function symbolOf(object: object): symbol | undefined {
  const symbols = Object.getOwnPropertySymbols(object);
  return symbols.find((symbol) => Object.getOwnPropertyDescriptor(object, symbol)?.enumerable);
}

/** Whether `JSON.stringify` writes something else in its place: the method may be inherited, and no name of its properties. */
export function hasToJson(value: object): boolean {
  return typeof (value as { readonly toJSON?: unknown }).toJSON === "function";
}
