/** See {@link plainObjects}. */
const examples: object[] = [];

/**
 * A constructor of objects that are as if a literal had made them: of `Object.prototype`, and nothing else. V8 decides for each
 * literal where all that it makes is put, by how long the first of them lasted; of a constructor it does not.
 *
 * @param assign - gives the properties their values, whatever they are. No name may be one of `Object.prototype`
 */
export function plainObjects<Values extends readonly unknown[]>(
  assign: (this: Record<string, unknown>, ...values: Values) => void,
): new (
  ...values: Values
) => Record<string, unknown> {
  assign.prototype = Object.prototype;
  // Only a function that is an expression comes here, which can be called with `new`.
  const Made = assign as unknown as new (...values: Values | []) => Record<string, unknown>;
  // A shape is forgotten when all of its objects are collected, and with it the code that was compiled for it; so one stays.
  examples.push(new Made());
  return Made;
}

/** A list of these items: as for objects, V8 decides for each literal where all that it makes is put, and for this it does not. */
export function listOf(...items: unknown[]): unknown[] {
  return items;
}
