import { Random } from "./random.ts";

/** What the caches of a simulation are declared to be. Times are milliseconds. */
export interface Configuration {
  readonly writeBack: "guarded" | "if-absent";
  readonly singleFlight: "process" | "cluster";
  readonly policy: "plain" | "stale" | "tags";
  readonly near: "none" | "tracking" | "bus" | "ttl";
  readonly recovery: boolean;
  readonly jitter: number;
  readonly ttlMs: number;
  /** `undefined` where `null` is a value like any other. */
  readonly nullTtlMs: number | undefined;
  readonly staleMs: number;
  readonly onErrorMs: number;
  readonly deadlineMs: number;
  readonly leaseMs: number;
  readonly nearTtlMs: number;
  readonly gutterTtlMs: number;
  readonly heartbeatMs: number;
  readonly readTimeoutMs: number;
  readonly commandTimeoutMs: number;
  readonly latencyMs: number;
  /** Whether loads that run while their own process changes their key still read what was true before. */
  readonly isSlowOrigin: boolean;
  /** How many of the loads take longer than those of others, from 0 to 1. */
  readonly slowShare: number;
  /** What befalls them: anything, one kind alone, or nothing. */
  readonly faults: "any" | "deaths" | "blocks" | "evictions" | "half-open" | "none";
  readonly processes: number;
  readonly keys: readonly string[];
}

/** Which connections of a process: all, or one alone. */
type LinkChoice = "all" | "first" | "last";

export type Fault =
  | { readonly kind: "cut"; readonly process: number; readonly link: LinkChoice }
  | { readonly kind: "stall"; readonly process: number; readonly link: LinkChoice; readonly forMs: number }
  | { readonly kind: "half-open"; readonly process: number; readonly link: LinkChoice }
  | { readonly kind: "stop-server"; readonly forMs: number }
  | { readonly kind: "kill-server"; readonly forMs: number }
  | { readonly kind: "slow-network"; readonly forMs: number; readonly latencyMs: number }
  | { readonly kind: "block"; readonly process: number; readonly forMs: number }
  | { readonly kind: "kill-process"; readonly process: number; readonly forMs: number }
  | { readonly kind: "evict" }
  | { readonly kind: "flush" };

/** How a load of a call ends, and how long it takes before and after it has read what is true. */
export interface LoadPlan {
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly outcome: "value" | "null" | "failure";
}

interface ManyCall<Kind> {
  readonly kind: Kind;
  readonly process: number;
  readonly keys: readonly string[];
  /** Whether its keys stand among hundreds that nobody else asks for, so that it is sent in several steps. */
  readonly isLarge?: boolean;
}

export type Call =
  | { readonly kind: "get"; readonly process: number; readonly keys: readonly string[] }
  | ManyCall<"getMany">
  | ManyCall<"setMany">
  | {
      readonly kind: "getOrSet" | "getOrSetMany" | "refresh";
      readonly process: number;
      readonly keys: readonly string[];
      readonly load: LoadPlan;
    }
  | {
      readonly kind: "delete" | "deleteMany" | "take" | "expireAt" | "set" | "clear" | "invalidateTags";
      readonly process: number;
      readonly keys: readonly string[];
    };

/** Something that a schedule does at a moment. */
export type Step = { readonly atMs: number } & (
  | { readonly call: Call; readonly fault?: undefined }
  | { readonly fault: Fault; readonly call?: undefined }
);

export interface Schedule {
  readonly seed: number;
  readonly configuration: Configuration;
  readonly steps: readonly Step[];
}

const allKeys = ["a", "b", "c"] as const;

/**
 * What is done in one simulation: all of it comes of the seed.
 *
 * @param given - what the configuration is to be, whatever the seed makes of it
 */
export function scheduleOf(seed: number, given: Partial<Configuration> = {}): Schedule {
  const random = new Random(seed);
  const configuration = { ...configurationOf(random), ...given };
  const spanMs = random.pick([200, 600, 2000]);
  const calls = random.whole(4, 24);
  const steps: Step[] = [];
  for (let index = 0; index < calls; index += 1) {
    // Much of what goes wrong takes two that come close together.
    const previous = steps.at(-1)?.atMs ?? 0;
    const isClose = index > 0 && random.chance(0.6);
    const atMs = isClose ? previous + random.next() * 3 * configuration.latencyMs : random.next() * spanMs;
    const call = callOf(random, configuration);
    steps.push({ atMs, call });
    // Who looks soon after a change sees what it has left.
    if (!("load" in call) && configuration.recovery && random.chance(0.5)) {
      // What could not be done is given up after so long, and waits from then on.
      const lateMs = atMs + configuration.commandTimeoutMs * (1 + random.next());
      const kind = random.pick(["get", "getMany"] as const);
      steps.push({
        atMs: lateMs,
        call: { kind, process: call.process, keys: kind === "get" ? call.keys.slice(0, 1) : configuration.keys },
      });
    }
    if (!("load" in call) && random.chance(0.5)) {
      steps.push({
        atMs: atMs + random.next() * 8 * configuration.latencyMs,
        call: lookOf(random, configuration, call.keys),
      });
    }
  }
  const faults = configuration.faults === "none" ? 0 : random.whole(1, 4);
  for (let index = 0; index < faults; index += 1) {
    const near = random.pick(steps).atMs;
    const atMs = random.chance(0.7)
      ? near + (random.next() - 0.3) * 5 * configuration.latencyMs
      : random.next() * spanMs;
    steps.push({ atMs: Math.max(0, atMs), fault: faultOf(random, configuration) });
  }
  // And who looks when all is over.
  for (const afterMs of [20, 900, 2500]) {
    const process = random.whole(0, configuration.processes - 1);
    steps.push({ atMs: spanMs + afterMs, call: { kind: "getMany", process, keys: configuration.keys } });
  }
  // By other numbers, so that all else is as it was for each seed before there were large calls.
  const sizes = new Random(seed + 2 ** 41);
  const sized = steps.flatMap((step): Step[] => {
    const { atMs, call } = step;
    if (call?.kind !== "setMany" && call?.kind !== "getMany") return [step];
    if (!sizes.chance(0.15)) return [step];
    const large: Step = { atMs, call: { ...call, isLarge: true } };
    if (call.kind === "getMany" || sizes.chance(0.5)) return [large];
    // Who changes a key meanwhile, or reads it, finds it half sent.
    const [kind, keys] = [sizes.pick(["delete", "get"] as const), [sizes.pick(call.keys)]];
    return [large, { atMs, call: { kind, process: call.process, keys } }];
  });
  return { seed, configuration, steps: sized.sort((one, other) => one.atMs - other.atMs) };
}

function lookOf(random: Random, { processes }: Configuration, keys: readonly string[]): Call {
  return { kind: "get", process: random.whole(0, processes - 1), keys: [random.pick(keys)] };
}

function configurationOf(random: Random): Configuration {
  const policy = random.pick(["plain", "plain", "stale", "tags"] as const);
  const near = policy === "tags" ? "none" : random.pick(["none", "none", "tracking", "bus", "ttl"] as const);
  const ttlMs = random.pick([1, 40, 40, 300, 300, 300, 2000, 2000, 2000, 2000]);
  const recovery = random.chance(0.3);
  const latencyMs = random.pick([1, 4]);
  return {
    // What recovers has no guards.
    writeBack: recovery ? "if-absent" : random.pick(["guarded", "guarded", "if-absent"] as const),
    singleFlight: random.pick(["process", "process", "cluster"] as const),
    policy,
    near,
    recovery,
    jitter: random.pick([0, 0, 0.5]),
    ttlMs,
    nullTtlMs: random.chance(0.3) ? Math.max(1, Math.floor(ttlMs / 4)) : undefined,
    staleMs: policy === "stale" ? random.pick([0, 100, 500]) : 0,
    onErrorMs: policy === "stale" ? random.pick([100, 800]) : 0,
    deadlineMs: random.pick([150, 1000]),
    leaseMs: random.pick([60, 400]),
    nearTtlMs: random.pick([100, 500]),
    gutterTtlMs: random.pick([50, 300]),
    heartbeatMs: 150,
    // A server that is well answers all that one call asks of it in this time.
    readTimeoutMs: latencyMs * random.pick([20, 50]),
    commandTimeoutMs: latencyMs * random.pick([40, 100]),
    latencyMs,
    isSlowOrigin: random.chance(0.3),
    slowShare: random.pick([0.03, 0.2]),
    faults: random.pick(["any", "any", "any", "any", "none", "none", "deaths", "blocks"] as const),
    processes: random.whole(2, 3),
    keys: allKeys.slice(0, random.whole(1, 3)),
  };
}

function callOf(random: Random, configuration: Configuration): Call {
  const process = random.whole(0, configuration.processes - 1);
  const key = random.pick(configuration.keys);
  const several = random.chance(0.5) ? configuration.keys : [key];
  const dice = random.next();
  if (dice < 0.1) return { kind: "get", process, keys: [key] };
  if (dice < 0.16) return { kind: "getMany", process, keys: several };
  if (dice < 0.5) return { kind: "getOrSet", process, keys: [key], load: loadOf(random, configuration) };
  if (dice < 0.6) return { kind: "getOrSetMany", process, keys: several, load: loadOf(random, configuration) };
  if (dice < 0.66) return { kind: "refresh", process, keys: [key], load: loadOf(random, configuration) };
  const { policy } = configuration;
  const kind = random.pick(
    policy === "tags"
      ? (["invalidateTags", "invalidateTags", "invalidateTags", "delete", "set", "clear"] as const)
      : (["delete", "delete", "deleteMany", "take", "expireAt", "set", "set", "setMany", "clear", "clear"] as const),
  );
  const isOfMany = kind === "deleteMany" || kind === "setMany" || kind === "clear";
  return { kind, process, keys: kind === "clear" ? configuration.keys : isOfMany ? several : [key] };
}

function loadOf(random: Random, { deadlineMs, nullTtlMs, latencyMs, slowShare }: Configuration): LoadPlan {
  const dice = random.next();
  const outcome = dice < 0.12 ? "failure" : dice < 0.25 && nullTtlMs !== undefined ? "null" : "value";
  const isSlow = random.chance(slowShare);
  const ms = (): number => (random.chance(0.3) ? 0 : random.next() * 6 * latencyMs);
  return { beforeMs: ms(), afterMs: isSlow ? deadlineMs * (0.7 + random.next() * 2) : ms(), outcome };
}

function faultOf(random: Random, { processes, commandTimeoutMs, faults }: Configuration): Fault {
  const process = random.whole(0, processes - 1);
  const link = random.pick(["all", "first", "last"] as const);
  const forMs = random.pick([0.2, 0.9, 1.5, 4]) * commandTimeoutMs;
  const kind = random.pick([
    "cut",
    "cut",
    "stall",
    "stall",
    "half-open",
    "stop-server",
    "kill-server",
    "slow-network",
    "block",
    "block",
    "kill-process",
    "evict",
    "evict",
    "flush",
  ] as const);
  if (faults === "deaths") return { kind: "kill-process", process, forMs };
  if (faults === "evictions") return { kind: "evict" };
  if (faults === "half-open") return { kind: "half-open", process, link: "all" };
  if (faults === "blocks") return { kind: "block", process, forMs };
  switch (kind) {
    case "cut":
    case "half-open":
      return { kind, process, link };
    case "evict":
    case "flush":
      return { kind };
    case "stop-server":
    case "kill-server":
      return { kind, forMs };
    case "slow-network":
      return { kind, forMs, latencyMs: commandTimeoutMs * random.next() };
    case "stall":
      return { kind, process, link, forMs };
    default:
      return { kind, process, forMs };
  }
}
