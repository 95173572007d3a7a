import type { Backend } from "../../backends/backend.ts";
import type { SyncBackend } from "../../backends/sync-backend.ts";
import { syncFaceOf } from "../../backends/sync-face.ts";
import { Cache } from "../../cache/cache.ts";
import type { WaitOptions } from "../../cache/options.ts";
import type { SyncCache } from "../../cache/sync-cache.ts";
import { CachetoryError } from "../../errors.ts";
import { type Asked, askAllHealth, type CachesHealth, Unmade } from "../../observe/health.ts";
import type { DeclaredBackend } from "./declare-backend.ts";
import { bindCache, bindSyncCache, type CacheDefinition } from "./define-cache.ts";

/** What every set of caches can do besides holding them. */
export interface CacheSet extends AsyncDisposable {
  /** Resolves when every backend of the set can serve, rejects when one cannot: for who wants to fail at start. */
  ready(): Promise<void>;
  /** How each backend is, by its declared name; those that have been used are asked. Does not reject. */
  health(): Promise<CachesHealth>;
  /**
   * Resolves when nothing is under way that no caller waits for, such as storing what was loaded during an outage; rejects
   * with the reason of the signal when that is aborted before.
   */
  drain(options?: WaitOptions): Promise<void>;
  /**
   * Closes the backends that the set has made, after what `drain` waits for, which has 5 s. Reads are misses from then on.
   * Safe to call twice.
   */
  close(): Promise<void>;
}

/** A cache without promises is marked `"sync"`. */
type Binding = readonly [definition: AnyDefinition, backend: DeclaredBackend, mode?: "sync"];
type Bindings = Readonly<Record<string, Binding>>;
// A definition of any key and value; `never` because a definition takes its key in, and gives its value out.
type AnyDefinition = CacheDefinition<never, unknown>;
type CachesOf<B extends Bindings> = { readonly [Name in keyof B]: CacheOf<B[Name]> };
type CacheOf<B extends Binding> =
  B[0] extends CacheDefinition<infer K, infer V>
    ? B extends readonly [unknown, unknown, "sync"]
      ? SyncCache<K, V>
      : Cache<K, V>
    : never;

/** What is asked whether it can serve, beside the caches with promises: a backend's face without promises. */
type Served = Pick<SyncBackend, "ready">;

/**
 * The exported caches as one set.
 *
 * @param backends - those of caches with promises
 * @param syncBackends - those of caches without
 */
export function collectCaches<C extends object>(
  caches: C,
  backends: readonly DeclaredBackend[],
  syncBackends: readonly DeclaredBackend[] = [],
): C & CacheSet {
  const served = (): Served[] => syncBackends.map((backend) => syncFaceOf(backend.shared()));
  const opened = (): Backend[] => [...new Set([...backends, ...syncBackends])].flatMap(({ opened }) => opened ?? []);
  const asked = (): Map<string, Asked | Unmade | undefined> =>
    new Map<string, Asked | Unmade | undefined>([
      ...syncBackends.map(
        ({ name, opened: face, unmade }) => [name, face === undefined ? unmade : syncFaceOf(face)] as const,
      ),
      // Their faces without promises would hold up the thread, or have to be started.
      ...backends.map(({ name, opened: backend, unmade }) => [name, backend ?? unmade] as const),
    ]);
  return { ...caches, ...lifecycle(caches, { served, asked, own: opened }) };
}

/**
 * A set of caches of its own, on the given backends, by name; those not given are made as declared when first used, and
 * are the set's own. A given backend stays its giver's to close.
 *
 * @throws CachetoryError `UNKNOWN_BACKEND` for a name that no cache uses
 */
export function bindCaches<const B extends Bindings>(
  bindings: B,
  given: Readonly<Record<string, Backend | undefined>> = {},
): CachesOf<B> & CacheSet {
  const declared = new Map(
    Object.values(bindings)
      .flatMap(backendsOf)
      .map((backend) => [backend.name, backend]),
  );
  for (const name of Object.keys(given)) {
    if (declared.has(name)) continue;
    const known = [...declared.keys()].join(", ");
    throw new CachetoryError("UNKNOWN_BACKEND", `No cache uses a backend ${name}; there are ${known}.`);
  }
  const made = new Map<string, Backend>();
  const unmade = new Map<string, Unmade>();
  const backendOf = (backend: DeclaredBackend): Backend => {
    const existing = given[backend.name] ?? made.get(backend.name);
    if (existing !== undefined) return existing;
    try {
      const own = backend.make();
      made.set(backend.name, own);
      return own;
    } catch (cause) {
      unmade.set(backend.name, new Unmade(cause));
      throw cause;
    }
  };
  const caches = Object.fromEntries(
    Object.entries(bindings).map(([name, [definition, backend, mode]]) => {
      const bind = mode === "sync" ? bindSyncCache : bindCache;
      return [name, bind(definition, backend, backendOf)];
    }),
  );
  const asked = (): Map<string, Asked | Unmade | undefined> => {
    const all = Object.values(bindings).flatMap((binding) =>
      backendsOf(binding).map(({ name }) => {
        const [, , mode] = binding;
        const known = given[name] ?? made.get(name);
        if (known === undefined) return [name, unmade.get(name), mode] as const;
        return [name, mode === "sync" ? syncFaceOf(known) : known, mode] as const;
      }),
    );
    const asynchronous = all.filter(([, , mode]) => mode !== "sync");
    return new Map<string, Asked | Unmade | undefined>(
      [...all, ...asynchronous].map(([name, backend]) => [name, backend]),
    );
  };
  const served = (): Served[] => {
    const sync = Object.values(bindings).filter(([, , mode]) => mode === "sync");
    return [...new Set(sync.map(([, backend]) => syncFaceOf(backendOf(backend))))];
  };
  // The entries are those of `bindings`, each of the key and the value of its own definition: `fromEntries` forgets that.
  return {
    ...(caches as unknown as CachesOf<B>),
    ...lifecycle(caches, { served, asked, own: () => [...made.values()] }),
  };
}

function backendsOf([{ layers }, backend]: Binding): readonly DeclaredBackend[] {
  return layers === undefined ? [backend] : [layers.near, backend];
}

/** The backends of a set: all of them, those whose health is asked, and those that the set has made. */
interface SetBackends {
  readonly served: () => readonly Served[];
  readonly asked: () => ReadonlyMap<string, Asked | Unmade | undefined>;
  readonly own: () => readonly Backend[];
}

function lifecycle(caches: object, { served, asked, own }: SetBackends): CacheSet {
  const asynchronous = Object.values(caches).filter((cache: unknown) => cache instanceof Cache);
  const close = async (): Promise<void> => {
    // They leave the backends open, and wait for what they have still to send.
    await Promise.all(asynchronous.map((cache) => cache.close()));
    await Promise.all(own().map((backend) => backend.close()));
  };
  return {
    close,
    health: () => askAllHealth(asked()),
    async drain(options) {
      await Promise.all(asynchronous.map((cache) => cache.drain(options)));
    },
    async ready() {
      // A cache knows what is in front of its backend as well.
      await Promise.all(asynchronous.map((cache) => cache.ready()));
      for (const backend of served()) backend.ready();
    },
    [Symbol.asyncDispose]: close,
  };
}
