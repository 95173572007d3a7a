import type { Backend } from "../backends/backend.ts";
import type { HeardChange, Leases } from "../backends/leases.ts";
import type { Background } from "../cache/background.ts";
import { type CallBudget, readWithin } from "../cache/call-budget.ts";
import type { Landing } from "../cache/landing.ts";
import { Miss, unanswered } from "../cache/miss.ts";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import { randomId } from "../random-id.ts";
import { LeftLeases } from "./left-leases.ts";
import type { SingleFlight } from "./single-flight.ts";

/** What is used of a load that is under way. */
interface Waited {
  /** Set when every waiter has gone. */
  readonly isAbandoned: boolean;
  readonly signal: { readonly reason?: unknown };
}

/** What is used of the entries of a cache. */
interface EntryReader<V> {
  /** What is there right before a load. */
  reread(text: string, key: unknown, miss: Miss): Promise<V | Miss>;
}

/** Leave to load, and why there is something to load. */
export class Admission {
  readonly miss: Miss;
  readonly #release: () => Promise<void>;

  constructor(miss: Miss, release: () => Promise<void>) {
    this.miss = miss;
    this.#release = release;
  }

  /** For when the load is over, and stored if it ever will be. Never rejects; no caller has to wait for it. */
  release(): Promise<void> {
    return this.#release();
  }
}

/** How long one who waits lets pass before he looks again: the first time, and at most. */
const firstPauseMs = 4;
const longestPauseMs = 40;

/** The same of one who is told when the key changes, and looks only because a process may have ended without a word. */
const longestHeardPauseMs = 250;

/** A lease is extended so often while it would last. */
const extensionsPerLease = 3;

/**
 * Lets one process at a time load a key. The others wait for the value, looking again and again, and one of them takes the
 * lease when it is let go, or has ended with the process that held it. Nobody waits longer than the deadline of a load, nor
 * where the backend does not answer: then they load without a lease. So it spares loads, and never stands in the way of one.
 */
export class Lease<V> {
  readonly #leases: Leases;
  readonly #entries: EntryReader<V>;
  readonly #leaseMs: number;
  readonly #deadlineMs: number;
  readonly #random: () => number;
  readonly #left: LeftLeases;

  constructor(leases: Leases, entries: EntryReader<V>, leaseMs: number, { deadlineMs, random }: SingleFlight) {
    this.#leases = leases;
    this.#entries = entries;
    this.#leaseMs = leaseMs;
    this.#deadlineMs = deadlineMs;
    this.#random = random;
    this.#left = new LeftLeases(leases, Math.max(leaseMs, deadlineMs));
  }

  /** Leases that could not be let go of end by themselves from now on. */
  close(): void {
    this.#left.stop();
  }

  /** The value that is there by now, leave to load it, or `undefined` where another process loads it. */
  attempt(text: string, key: unknown, miss: Miss, budget: CallBudget | undefined): Promise<V | Admission | undefined> {
    const attempted = this.#attempt(text, key, miss);
    return readWithin(budget, attempted, (cause) => {
      // By then it is loaded without.
      attempted.then(letGo, () => {});
      return unlocked(unanswered(cause));
    });
  }

  async #attempt(text: string, key: unknown, miss: Miss): Promise<V | Admission | undefined> {
    // Who did not answer the read is not asked for a lease.
    if (miss.isUnanswered) return unlocked(miss);
    const token = randomId();
    // In this order: what is read is read under the lease.
    const taking = this.#leases.take(text, token, this.#leaseMs).catch((cause: unknown) => {
      // It may be taken all the same: then others would wait for nobody.
      const isRefused = cause instanceof BackendUnavailableError && cause.outcome === "none";
      if (!isRefused) void this.#left.release(text, token);
      return undefined;
    });
    const [isTaken, found] = await Promise.all([taking, this.#entries.reread(text, key, miss)]);
    if (isTaken !== undefined) this.#left.hasten();
    if (!(found instanceof Miss)) {
      if (isTaken === true) void this.#left.release(text, token);
      return found;
    }
    if (isTaken === true) return this.#held(text, token, found);
    return isTaken === undefined || found.isUnanswered ? unlocked(found) : undefined;
  }

  /** The value when it is there, or leave to load it. Rejects where everybody who waited has gone. */
  async wait(text: string, key: unknown, miss: Miss, waited: Waited): Promise<V | Admission> {
    const untilMs = performance.now() + this.#deadlineMs;
    let heard: HeardChange | undefined;
    for (let pause = firstPauseMs; ; pause *= 1.5) {
      const atMost = Math.min(pause, heard === undefined ? longestPauseMs : longestHeardPauseMs);
      await passed(firstPauseMs + this.#random() * (atMost - firstPauseMs), heard);
      if (waited.isAbandoned) throw waited.signal.reason;
      // Before it is looked, so that nothing comes in between.
      heard = this.#leases.hear?.(text);
      const found = await this.#attempt(text, key, miss);
      if (found !== undefined) heard?.stop();
      if (waited.isAbandoned && found instanceof Admission) {
        void found.release();
        throw waited.signal.reason;
      }
      if (found !== undefined) return found;
      if (performance.now() < untilMs) continue;
      heard?.stop();
      return unlocked(miss);
    }
  }

  #held(text: string, token: string, miss: Miss): Admission {
    const untilMs = performance.now() + this.#deadlineMs;
    const timer = setInterval(() => {
      // A load that hangs does not keep others from it for ever.
      if (performance.now() >= untilMs) clearInterval(timer);
      else this.#extend(text, token, () => clearInterval(timer));
    }, this.#leaseMs / extensionsPerLease);
    timer.unref();
    return new Admission(miss, () => {
      clearInterval(timer);
      return this.#left.release(text, token);
    });
  }

  #extend(text: string, token: string, onLost: () => void): void {
    this.#leases.extend(text, token, this.#leaseMs).then(
      (isHeld) => {
        // Somebody else has it by now, and this load goes on beside his.
        if (!isHeld) onLost();
      },
      // It may be there again for the next one.
      () => {},
    );
  }
}

/**
 * How processes share the loads of a cache on this backend; `undefined` where they do not, and where a backend is in one
 * process alone.
 *
 * @throws CachetoryError `INVALID_OPTION` where it has no leases, and others may use it
 */
export function leaseOn<V>(
  backend: Backend,
  entries: EntryReader<V>,
  singleFlight: SingleFlight,
): Lease<V> | undefined {
  const { leaseMs } = singleFlight;
  if (leaseMs === undefined) return undefined;
  if (backend.leases !== undefined) return new Lease(backend.leases, entries, leaseMs, singleFlight);
  if (!backend.isShared) return undefined;
  throw new CachetoryError(
    "INVALID_OPTION",
    `The backend ${backend.name} has no leases, by which processes share loads. Leave singleFlight out, or give the cache a Redis.`,
  );
}

/** A key that is to be loaded among others, and why. */
interface Missing<V> {
  readonly landing: Landing<V | undefined>;
  readonly miss: Miss;
}

/**
 * Loads in one call what this process has the leases of; what others load lands when it is there.
 *
 * @param isPatient - whether what others load is waited for; else it lands with nothing
 */
export async function loadLeased<V>(
  lease: Lease<V>,
  missing: readonly Missing<V>[],
  load: (missing: readonly Missing<V>[]) => Promise<unknown>,
  background: Background,
  budget: CallBudget | undefined,
  isPatient: boolean,
): Promise<void> {
  const loadAdmitted = async (admitted: readonly (readonly [Missing<V>, Admission])[]): Promise<void> => {
    try {
      await load(admitted.map(([one, { miss }]) => ({ ...one, miss })));
    } finally {
      for (const [, admission] of admitted) background.run(admission.release());
    }
  };
  const admitted: (readonly [Missing<V>, Admission])[] = [];
  const waits: Promise<void>[] = [];
  const wait = async (one: Missing<V>): Promise<void> => {
    try {
      const found = await lease.wait(one.landing.text, one.landing.key, one.miss, one.landing.flight);
      if (found instanceof Admission) await loadAdmitted([[one, found]]);
      else one.landing.land(found);
    } catch (cause) {
      one.landing.fail(cause);
    }
  };
  const attempts = missing.map(async (one) => {
    const found = await lease.attempt(one.landing.text, one.landing.key, one.miss, budget);
    if (found instanceof Admission) admitted.push([one, found]);
    else if (found === undefined && isPatient) waits.push(wait(one));
    else one.landing.land(found);
  });
  await Promise.all(attempts);
  await Promise.all([admitted.length === 0 ? undefined : loadAdmitted(admitted), ...waits]);
}

function letGo(found: unknown): void {
  if (found instanceof Admission) void found.release();
}

function unlocked(miss: Miss): Admission {
  return new Admission(miss, () => Promise.resolve());
}

/** Until so long has passed, or the change has been heard of. */
async function passed(ms: number, heard: HeardChange | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  if (heard === undefined) return over;
  await Promise.race([over, heard.changed]);
  clearTimeout(timer);
  heard.stop();
}
