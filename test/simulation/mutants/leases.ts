import type { Mutant } from "./mutant.ts";

/** The guards of leases and deadlines, each taken out. */
export const leasesMutants: readonly Mutant[] = [
  {
    name: "a lease is let go of by its holder alone",
    concerns: {
      singleFlight: "cluster",
      faults: "none",
      deadlineMs: 150,
      leaseMs: 60,
      processes: 3,
      keys: ["a"],
      near: "none",
      slowShare: 0.6,
    },
    edits: [
      {
        file: "backends/redis-leases.ts",
        text: "\"if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('UNLINK', KEYS[1]) end return 0\"",
        replacement: "\"return redis.call('UNLINK', KEYS[1])\"",
      },
    ],
  },
  {
    name: "a lease is taken by one",
    concerns: { singleFlight: "cluster", faults: "none" },
    edits: [
      {
        file: "backends/redis-leases.ts",
        text: '"PX", leaseMs, "NX"),',
        replacement: '"PX", leaseMs),',
      },
    ],
  },
  {
    name: "a lease ends with the process that holds it",
    concerns: { singleFlight: "cluster", faults: "deaths", leaseMs: 60, deadlineMs: 1000, near: "none", keys: ["a"] },
    edits: [
      {
        file: "backends/redis-leases.ts",
        text: 'token, "PX", leaseMs, "NX"),',
        replacement: 'token, "NX"),',
      },
    ],
  },
  {
    name: "a lease is let go of when its load is over",
    concerns: { singleFlight: "cluster", faults: "none", leaseMs: 400, deadlineMs: 1000, near: "none", keys: ["a"] },
    edits: [
      {
        file: "policies/lease.ts",
        text: "      clearInterval(timer);\n      return this.#left.release(text, token);",
        replacement: "      clearInterval(timer);\n      return Promise.resolve();",
      },
    ],
  },
  {
    name: "a lease is extended while its load runs",
    concerns: { singleFlight: "cluster", faults: "none", leaseMs: 60 },
    edits: [
      {
        file: "policies/lease.ts",
        text: "      else this.#extend(text, token, () => clearInterval(timer));",
        replacement: "",
      },
    ],
  },
  {
    name: "a load that hangs keeps its lease for its deadline",
    from: 30,
    concerns: {
      singleFlight: "cluster",
      faults: "none",
      deadlineMs: 150,
      leaseMs: 60,
      processes: 3,
      keys: ["a"],
      near: "none",
      slowShare: 0.4,
    },
    edits: [
      {
        file: "policies/lease.ts",
        text: "if (performance.now() >= untilMs) clearInterval(timer);\n      else this",
        replacement: "this",
      },
    ],
  },
];
