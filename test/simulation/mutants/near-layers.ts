import type { Mutant } from "./mutant.ts";

/** The guards of near layers, each taken out. */
export const nearLayersMutants: readonly Mutant[] = [
  {
    name: "a near layer lets go of what a message names",
    concerns: { policy: "plain", near: "tracking", ttlMs: 2000 },
    edits: [
      {
        file: "layers/near-space.ts",
        text: '      case "keys":\n        this.forget(change.keys);\n        return;',
        replacement: '      case "keys":\n        return;',
      },
    ],
  },
  {
    name: "a near layer lets go of what its own process changes",
    concerns: { policy: "plain", near: "ttl" },
    edits: [
      {
        file: "layers/layered-backend.ts",
        text: "    space.forget(keys);\n    try {\n      return await change();\n    } finally {\n      space.forget(keys);",
        replacement: "    try {\n      return await change();\n    } finally {",
      },
    ],
  },
  {
    name: "a near layer is empty while its feed has a gap",
    from: 450,
    concerns: { policy: "plain", near: "tracking", ttlMs: 2000, faults: "any", latencyMs: 1, commandTimeoutMs: 40 },
    edits: [
      {
        file: "layers/near-space.ts",
        text: "    this.#isTold = false;\n    this.#isOn = false;",
        replacement: "    if (this.#isOn) return;",
      },
    ],
  },
  {
    name: "a feed is asked whether it lives",
    from: 200,
    concerns: { policy: "plain", near: "tracking", ttlMs: 2000, faults: "any", latencyMs: 1, commandTimeoutMs: 40 },
    edits: [
      {
        file: "layers/feed-connection.ts",
        text: "this.#timer = setTimeout(() => this.#ask(), this.#times.heartbeatMs).unref();",
        replacement: "",
      },
    ],
  },
  {
    name: "reads under way keep nothing that was changed meanwhile",
    from: 200,
    concerns: { policy: "plain", near: "ttl", ttlMs: 2000, nearTtlMs: 500 },
    edits: [
      {
        file: "layers/near-space.ts",
        text: "if (read.isOvertaken || !this.#isOn) return;",
        replacement: "if (!this.#isOn) return;",
      },
    ],
  },
  {
    name: "an entry is near no longer than it lives far",
    concerns: { policy: "plain", near: "tracking", ttlMs: 40 },
    edits: [
      {
        file: "layers/near-layer.ts",
        text: 'lifeMs === "forever" ? this.#longestMs : Math.min(this.#longestMs, lifeMs)',
        replacement: "this.#longestMs",
      },
    ],
  },
  {
    name: "an entry is near no longer than is declared",
    concerns: { policy: "plain", near: "ttl", nearTtlMs: 100, ttlMs: 2000 },
    edits: [
      {
        file: "layers/near-layer.ts",
        text: 'lifeMs === "forever" ? this.#longestMs : Math.min(this.#longestMs, lifeMs)',
        replacement: 'lifeMs === "forever" ? this.#longestMs : lifeMs',
      },
    ],
  },
  {
    name: "an entry is near no longer than is declared from when its read began",
    // Few schedules show it: an answer comes late, and what was read is asked for just before its end.
    from: 50_039_305,
    concerns: { policy: "stale", near: "ttl", nearTtlMs: 100 },
    edits: [
      {
        file: "layers/near-layer.ts",
        text: "longestMs - (performance.now() - this.#beganAtMs)",
        replacement: "longestMs",
      },
    ],
  },
  {
    name: "what is near goes before a large batch is sent",
    from: 690,
    concerns: { policy: "plain", near: "ttl", faults: "none" },
    edits: [
      {
        file: "cache/changes.ts",
        text: "    // As above.\n    backend.near?.forget(texts);",
        replacement: "",
      },
    ],
  },
];
