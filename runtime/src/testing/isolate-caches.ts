import type { Backend } from "../backends/backend.ts";
import { ControlledBackend } from "./controlled-backend.ts";

/** What `createCaches` of generated code takes. */
interface CachesOptions {
  readonly backends?: object | undefined;
}

type BackendName<O extends CachesOptions> = keyof NonNullable<O["backends"]>;

type GivenBackends<Name extends PropertyKey> = { readonly [_ in Name]?: Backend | undefined };

/** A set of caches that shares nothing with any other, and its backends. */
export interface IsolatedCaches<C, Name extends PropertyKey, Given extends GivenBackends<Name>>
  extends AsyncDisposable {
  readonly caches: C;
  /** Of each declared name the one that was given, else one that is made when it is first looked at. */
  readonly backends: { readonly [N in Name]: BackendOf<N extends keyof Given ? Given[N] : undefined> };
}

type BackendOf<Given> = undefined extends Given ? NonNullable<Given> | ControlledBackend : Given;

/**
 * A set of caches for one test, each declared backend of which is a {@link ControlledBackend}: no server, no environment,
 * nothing that another test has left. What is given serves instead, such as a `MemoryBackend` for what is read by `peek`.
 *
 * @param createCaches - that of generated code
 *
 * @example
 * ```ts
 * await using test = isolateCaches(createCaches);
 * test.backends.shared.fail("get");
 * await test.caches.userProfile.get(key); // undefined
 * ```
 */
export function isolateCaches<
  O extends CachesOptions,
  C extends AsyncDisposable,
  Given extends GivenBackends<BackendName<O>> = Record<never, never>,
>(createCaches: (options?: O) => C, given?: Given): IsolatedCaches<C, BackendName<O>, Given> {
  const made = new Map<string, ControlledBackend>();
  const backendOf = (name: string): ControlledBackend => {
    const backend = made.get(name) ?? new ControlledBackend();
    made.set(name, backend);
    return backend;
  };
  // The names are known to the types alone: whatever a cache asks for is made.
  const backends = new Proxy(given ?? {}, {
    get: (target, name) => Reflect.get(target, name) ?? (typeof name === "string" ? backendOf(name) : undefined),
  });
  const caches = createCaches({ backends } as unknown as O);
  const close = async (): Promise<void> => {
    await caches[Symbol.asyncDispose]();
    for (const backend of made.values()) await backend.close();
  };
  return {
    caches,
    backends: backends as IsolatedCaches<C, BackendName<O>, Given>["backends"],
    [Symbol.asyncDispose]: close,
  };
}
