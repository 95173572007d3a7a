import { noteAnswer, noteFailure, outageOf } from "../cache/outage.ts";
import { BackendUnavailableError } from "../errors.ts";
import { messageOf } from "../message-of.ts";

/** How a backend is. */
export interface BackendHealth {
  /** `unused`: nothing has asked anything of it yet. `down`: it does not answer, or cannot be made. `refusing`: it answers, but does not store what is loaded. */
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

/** A backend that could not be made, each time that it was to be used: a variable of its URL is not set, or a package is missing. */
export class Unmade {
  readonly #sinceMs: number;
  readonly #cause: unknown;

  constructor(cause: unknown) {
    this.#sinceMs = Date.now();
    this.#cause = cause;
  }

  get health(): BackendHealth {
    return { ...unused, state: "down", sinceMs: this.#sinceMs, error: messageOf(this.#cause) };
  }
}

/** Asks a backend whether it serves; one that nobody has used is left alone. Does not reject. */
export async function askHealth(backend: Asked | Unmade | undefined): Promise<BackendHealth> {
  if (backend === undefined) return unused;
  if (backend instanceof Unmade) return backend.health;
  const startMs = performance.now();
  try {
    await backend.ready();
    if (!isRefused(backend)) noteAnswer(backend);
    return healthOf(backend, performance.now() - startMs);
  } catch (cause) {
    noteFailure(backend, cause);
    return healthOf(backend, undefined);
  }
}

/** Asks backends, by name. */
export async function askAllHealth(
  backends: Iterable<readonly [name: string, Asked | Unmade | undefined]>,
): Promise<CachesHealth> {
  const asked = [...backends].map(async ([name, backend]) => [name, await askHealth(backend)] as const);
  const healths = await Promise.all(asked);
  const isHealthy = healths.every(([, { state }]) => state === "up" || state === "unused");
  return { isHealthy, backends: Object.fromEntries(healths) };
}

/** Whether it answers reads with a no, as to who has not the right to: that it serves others changes nothing. */
function isRefused(backend: Asked): boolean {
  const error = outageOf(backend)?.error;
  return error instanceof BackendUnavailableError && error.isRefusal;
}

function healthOf(backend: Asked, latencyMs: number | undefined): BackendHealth {
  const outage = outageOf(backend);
  const { leftAlone = [] } = (backend.behind ?? backend).patience ?? {};
  if (outage === undefined) return { state: "up", sinceMs: undefined, error: undefined, latencyMs, leftAlone };
  const { state, sinceMs, error } = outage;
  return { state, sinceMs, error: messageOf(error), latencyMs, leftAlone };
}
