import { noteAnswer, noteFailure, outageOf } from "../cache/outage.ts";

/** How a backend is. */
export interface BackendHealth {
  /** `unused`: nothing has asked anything of it yet. `refusing`: it answers, but does not store what is loaded. */
  readonly state: "unused" | "up" | "refusing" | "down";
  /** When its trouble began, in milliseconds since 1970; `undefined` where there is none. */
  readonly sinceMs: number | undefined;
  /** What its trouble is: a message without passwords, keys and values. */
  readonly error: string | undefined;
  /** How long it has just taken to answer, in milliseconds; `undefined` where it did not. */
  readonly latencyMs: number | undefined;
  /** Its servers that are left alone, since they have not answered: their addresses. */
  readonly leftAlone: readonly string[];
}

/** How the backends of a set of caches are. */
export interface CachesHealth {
  /** Whether none of the backends is in trouble. */
  readonly isHealthy: boolean;
  /** By their declared names. */
  readonly backends: Readonly<Record<string, BackendHealth>>;
}

/** A backend that can be asked whether it serves. */
export interface Asked {
  readonly name: string;
  readonly patience?: { readonly leftAlone: readonly string[] } | undefined;
  readonly behind?: Asked | undefined;
  ready(): void | Promise<void>;
}

const unused: BackendHealth = {
  state: "unused",
  sinceMs: undefined,
  error: undefined,
  latencyMs: undefined,
  leftAlone: [],
};

/** Asks a backend whether it serves; one that nobody has used is left alone. Does not reject. */
export async function askHealth(backend: Asked | undefined): Promise<BackendHealth> {
  if (backend === undefined) return unused;
  const startMs = performance.now();
  try {
    await backend.ready();
    noteAnswer(backend);
    return healthOf(backend, performance.now() - startMs);
  } catch (cause) {
    noteFailure(backend, cause);
    return healthOf(backend, undefined);
  }
}

/** Asks backends, by name. */
export async function askAllHealth(
  backends: Iterable<readonly [name: string, Asked | undefined]>,
): Promise<CachesHealth> {
  const asked = [...backends].map(async ([name, backend]) => [name, await askHealth(backend)] as const);
  const healths = await Promise.all(asked);
  const isHealthy = healths.every(([, { state }]) => state === "up" || state === "unused");
  return { isHealthy, backends: Object.fromEntries(healths) };
}

function healthOf(backend: Asked, latencyMs: number | undefined): BackendHealth {
  const outage = outageOf(backend);
  const { leftAlone = [] } = (backend.behind ?? backend).patience ?? {};
  if (outage === undefined) return { state: "up", sinceMs: undefined, error: undefined, latencyMs, leftAlone };
  const { state, sinceMs, error } = outage;
  return { state, sinceMs, error: error instanceof Error ? error.message : String(error), latencyMs, leftAlone };
}
