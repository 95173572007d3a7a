import type { Mutant } from "./mutant.ts";

/** The guards of lifetimes, each taken out. */
export const lifetimesMutants: readonly Mutant[] = [
  {
    name: "what is stale is served for so long",
    concerns: { policy: "stale", staleMs: 0, onErrorMs: 800, ttlMs: 40, keys: ["a"] },
    edits: [
      {
        file: "policies/stale-loads.ts",
        text: "if (miss.isDue || miss.staleMs < this.#policy.whileRevalidateMs) return true;",
        replacement: "return true;",
      },
    ],
  },
  {
    name: "what is stale replaces a load that failed for so long",
    from: 30,
    concerns: { policy: "stale", staleMs: 0, onErrorMs: 100, ttlMs: 40, keys: ["a"] },
    edits: [
      {
        file: "policies/stale-loads.ts",
        text: "return aged.isDue || aged.staleMs < this.#policy.onErrorMs;",
        replacement: "return true;",
      },
    ],
  },
  {
    name: "an entry is fresh until its envelope says",
    concerns: { policy: "stale", ttlMs: 40 },
    edits: [
      {
        file: "cache/enveloping-codec.ts",
        text: "return this.#clock?.isAhead(freshUntilMs) === true;",
        replacement: "return true;",
      },
    ],
  },
  {
    name: "jitter shortens lives",
    concerns: { jitter: 0.5, ttlMs: 300 },
    edits: [
      {
        file: "policies/jitter.ts",
        text: "lifeMs * (1 - ratio * random())",
        replacement: "lifeMs * (1 + ratio * random())",
      },
    ],
  },
  {
    name: "jitter leaves a millisecond",
    concerns: { jitter: 0.5, ttlMs: 1, faults: "none" },
    edits: [
      {
        file: "policies/jitter.ts",
        text: "Math.max(1, Math.floor(lifeMs * (1 - ratio * random())))",
        replacement: "Math.max(0, Math.floor(lifeMs * (1 - ratio * random())))",
      },
    ],
  },
  {
    name: "null lives as long as it is declared to",
    concerns: { nullTtlMs: 40, ttlMs: 2000 },
    edits: [
      {
        file: "cache/lifetimes.ts",
        text: "if (value === null && this.#nullMs !== undefined) return this.#nullMs;",
        replacement: "",
      },
    ],
  },
  {
    name: "a write-back of an entry with an envelope replaces none that is fresh",
    concerns: { policy: "stale", near: "ttl", writeBack: "if-absent", keys: ["a"], ttlMs: 2000 },
    edits: [
      {
        file: "backends/redis-envelopes.ts",
        text: "local isOpen = fresh == nil or (fresh and fresh <= now)",
        replacement: "local isOpen = true",
      },
    ],
  },
  {
    name: "the past ends what is no longer fresh, too",
    from: 180,
    concerns: { policy: "stale", staleMs: 500, ttlMs: 40 },
    edits: [
      {
        file: "backends/redis-envelopes.ts",
        text: "if ends and ends <= serverNow then",
        replacement: "if isFresh and ends and ends <= serverNow then",
      },
    ],
  },
  {
    name: "a refresh voids the load under way",
    from: 480,
    concerns: {
      policy: "plain",
      near: "none",
      singleFlight: "process",
      writeBack: "if-absent",
      keys: ["a"],
      ttlMs: 2000,
    },
    edits: [
      {
        file: "cache/loads.ts",
        text: "    const flight = this.#flights.start(text, key);\n    flight.isRefresh = true;\n",
        replacement:
          "    const before = this.#flights.get(text);\n    const flight = this.#flights.start(text, key);\n    if (before !== undefined) before.isVoid = false;\n    flight.isRefresh = true;\n",
      },
    ],
  },
];
