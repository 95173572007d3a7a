import type { Mutant } from "./mutant.ts";

/** The guards of guarded write-back, each taken out. */
export const guardsMutants: readonly Mutant[] = [
  {
    name: "a guarded write-back shows its guard",
    from: 50,
    concerns: { policy: "plain", near: "none", writeBack: "guarded", recovery: false },
    edits: [
      {
        file: "backends/redis-guarded.ts",
        text: "if redis.call('GET', KEYS[n + i]) == ARGV[k - 4] then",
        replacement: "if true then",
      },
    ],
  },
  {
    name: "a change voids the guard of its key",
    from: 50,
    concerns: { policy: "plain", near: "none", writeBack: "guarded", recovery: false },
    edits: [
      {
        file: "backends/redis-guarded.ts",
        text: "\"redis.call('UNLINK', KEYS[2]) return redis.pcall",
        replacement: '"return redis.pcall',
      },
    ],
  },
  {
    name: "a change of many voids their guards",
    from: 110,
    concerns: { policy: "plain", near: "none", writeBack: "guarded", recovery: false },
    edits: [
      {
        file: "backends/redis-guarded.ts",
        text: "\"local n = #KEYS / 2 redis.call('UNLINK', unpack(KEYS, n + 1, 2 * n))\"",
        replacement: '"local n = #KEYS / 2"',
      },
    ],
  },
  {
    name: "a set of many voids their guards",
    from: 780,
    concerns: {
      policy: "plain",
      near: "none",
      writeBack: "guarded",
      recovery: false,
      ttlMs: 40,
      deadlineMs: 150,
      faults: "none",
      keys: ["a", "b"],
      slowShare: 0.4,
    },
    edits: [
      {
        file: "backends/redis-guarded.ts",
        text: "for i = 1, n do redis.call('UNLINK', KEYS[n + i])\",",
        replacement: 'for i = 1, n do",',
      },
    ],
  },
  {
    name: "a change of an entry with an envelope voids its guard",
    from: 170,
    concerns: { policy: "stale", near: "none", writeBack: "guarded", recovery: false },
    edits: [
      {
        file: "backends/redis-guarded.ts",
        text: "const [, changed] = await Promise.all([this.#void(keys), run()]);",
        replacement: "const [, changed] = await Promise.all([undefined, run()]);",
      },
    ],
  },
  {
    name: "a clear voids the guards of what is being loaded",
    from: 110,
    concerns: { policy: "plain", near: "none", writeBack: "guarded", recovery: false },
    edits: [
      {
        file: "backends/redis-guarded.ts",
        text: "const guarded = options.dryRun === true ? [] : found.flatMap((key) => guardedIn(range, key) ?? []);",
        replacement: "const guarded: string[] = [];",
      },
    ],
  },
  {
    name: "a refresh leaves a guard of its own",
    concerns: { policy: "plain", near: "none", writeBack: "guarded", recovery: false, keys: ["a"] },
    edits: [
      {
        file: "cache/guarded-reads.ts",
        text: 'return (await this.#read(text, key, "anew")) as Miss;',
        replacement: 'return (await this.#read(text, key, "always")) as Miss;',
      },
    ],
  },
  {
    name: "a refresh whose guard is lost takes away what it was to replace",
    from: 1210,
    concerns: {
      policy: "plain",
      near: "none",
      writeBack: "guarded",
      recovery: false,
      faults: "evictions",
      keys: ["a"],
      ttlMs: 2000,
    },
    edits: [
      {
        file: "backends/redis-guarded.ts",
        text: "elseif ARGV[k] ~= '' then",
        replacement: "elseif ARGV[k] == 'none' then",
      },
    ],
  },
  {
    name: "a load is preceded by a guarded read",
    from: 70,
    concerns: { writeBack: "guarded", recovery: false, singleFlight: "process" },
    edits: [
      {
        file: "cache/load-on-miss.ts",
        text: "    if (!this.#entries.needsGuard(miss)) return this.#loadNow(one, miss, flight);\n",
        replacement:
          "    if (!this.#entries.needsGuard(miss)) return this.#loadNow(one, miss, flight);\n    const early = await one.load(flight);\n    one = { ...one, load: async () => early };\n",
      },
    ],
  },
];
