/** What somebody may store who has no types, or knows more than they say. */
export const oddities: readonly ((value: unknown) => unknown)[] = [
  (value) => (isObject(value) ? { ...value, extra: 1 } : -0),
  (value) => (isObject(value) ? { ...value, a: undefined } : Number.NaN),
  (value) => (isObject(value) ? Object.assign(Object.create(null), value) : 0),
  (value) => (isObject(value) ? Object.assign(Object.create({ a: 1 }), value) : "\ud800"),
  () => [undefined],
  () => new Array(2),
  (value) => (isObject(value) ? { ...value, toJSON: () => 1 } : Number.POSITIVE_INFINITY),
  (value) => (isObject(value) ? Object.defineProperty({ ...value }, "a", { value: -0, enumerable: false }) : -0),
  (value) => (isObject(value) ? { ...value, ["__proto__"]: 1 } : 1),
  (value) => [value, value],
  (value) => withHidden(value),
];

/** The same with something besides that no name of a type can mean. */
export const unnamed: readonly ((value: object) => object)[] = [
  (value) => Object.assign(value, Array.isArray(value) ? { extra: 1 } : { [Symbol("s")]: 1 }),
  (value) => Object.defineProperty(value, Array.isArray(value) ? "hidden" : Symbol("s"), { value: 1 }),
];

/** The same with each property hidden behind another one, as accessors are that somebody has defined by hand. */
function withHidden(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const hidden: object = {};
  for (const [name, item] of Object.entries(value)) {
    Object.defineProperty(hidden, name, { get: () => item, enumerable: false, configurable: true });
    Reflect.set(hidden, `_${name}`, new Date(0));
  }
  return hidden;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
