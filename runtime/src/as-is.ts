/** The value itself, where something else could become of it. */
export function asIs<T>(value: T): T {
  return value;
}
