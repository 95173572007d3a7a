/** What somebody may store who has no types, or knows more than they say. */
export const oddities: readonly ((value: unknown) => unknown)[] = [
  (value) => (isObject(value) ? { ...value, extra: 1 } : -0),
  (value) => (isObject(value) ? { ...value, a: undefined } : Number.NaN),
  (value) => (isObject(value) ? Object.assign(Object.create(null), value) : 0),
  (value) => (isObject(value) ? Object.assign(Object.create({ a: 1 }), value) : "\ud800"),
  (value) => (isObject(value) ? { ...value, [Symbol("s")]: 1 } : [undefined]),
  (value) => (Array.isArray(value) ? Object.assign([...value], { extra: 1 }) : new Array(2)),
  (value) => (isObject(value) ? { ...value, toJSON: () => 1 } : Number.POSITIVE_INFINITY),
  (value) => (isObject(value) ? Object.defineProperty({ ...value }, "a", { value: -0, enumerable: false }) : -0),
  (value) => (isObject(value) ? { ...value, ["__proto__"]: 1 } : 1),
  (value) => [value, value],
];

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
