import type { Cache, SyncCache } from "@cachetory/runtime";

/** All that a `Cache` can do; a mapped type, because a class with private fields is assignable to nothing else. */
export type CacheFace<K, V> = { [Name in keyof Cache<K, V>]: Cache<K, V>[Name] };

/** A cache without promises as one with promises, so that one suite serves both. Its loaders still must give none. */
export function liftCache<K, V>(cache: SyncCache<K, V>): CacheFace<K, V> {
  const lifted = new Proxy(cache, {
    get(target, property) {
      const name = property === Symbol.asyncDispose ? Symbol.dispose : property;
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      // Only what gives promises in a Cache gives them here.
      if (name === "keyOf") return member.bind(target);
      return async (...args: unknown[]): Promise<unknown> => Reflect.apply(member, target, args);
    },
  });
  // The proxy has the same operations, each with a promise around its answer.
  return lifted as unknown as CacheFace<K, V>;
}
