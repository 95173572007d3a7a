/**
 * The key as it is now: its caller may use the same object for the next one, before this one is loaded. Nothing but a plain object
 * is copied, and that alone, for whatever else an object is may not outlast it.
 */
export function ownKey<K>(key: K): K {
  if (typeof key !== "object" || key === null || Object.getPrototypeOf(key) !== Object.prototype) return key;
  return { ...key };
}
