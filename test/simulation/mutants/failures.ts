import type { Mutant } from "./mutant.ts";

/** The guards of servers that do not answer, each taken out. */
export const failuresMutants: readonly Mutant[] = [
  {
    name: "what waits to be deleted is not read",
    from: 200,
    concerns: {
      policy: "plain",
      near: "none",
      recovery: true,
      isSlowOrigin: false,
      writeBack: "if-absent",
      faults: "any",
      ttlMs: 2000,
      latencyMs: 1,
      commandTimeoutMs: 40,
    },
    edits: [
      {
        file: "policies/recovering-backend.ts",
        text: "return this.#isDue(key) ? Promise.reject(new AwaitingDeletion()) : this.#answered(ask());",
        replacement: "return this.#answered(ask());",
      },
    ],
  },
  {
    name: "many of which one waits to be deleted are read without it",
    from: 250,
    concerns: {
      policy: "plain",
      near: "none",
      recovery: true,
      isSlowOrigin: false,
      writeBack: "if-absent",
      faults: "any",
      ttlMs: 2000,
      latencyMs: 1,
      commandTimeoutMs: 40,
    },
    edits: [
      {
        file: "policies/recovering-backend.ts",
        text: "const valid = keys.filter((key) => !this.#isDue(key));\n    if (valid.length === 0) throw new AwaitingDeletion();\n    const found",
        replacement: "const valid = keys;\n    const found",
      },
    ],
  },
  {
    name: "a time limit ends after another look at the socket",
    concerns: { faults: "blocks", latencyMs: 1, readTimeoutMs: 20, commandTimeoutMs: 40 },
    edits: [
      {
        file: "backends/deadline.ts",
        text: "        setImmediate(() => {\n          if (isHeldUp && graces < maxGraces && this.#isDue(nowMs)) {\n            // What left between two long turns has had no time of its own.\n            this.#wakeAt(performance.now() + graceMs, graces + 1);\n            return;\n          }\n          this.#timer = undefined;\n          this.#expire(nowMs, isHeldUp || graces > 0);\n          this.#arm();\n        });",
        replacement:
          "        this.#timer = undefined;\n        this.#expire(nowMs, isHeldUp || graces > 0);\n        this.#arm();",
      },
    ],
  },
  {
    name: "a command has a time limit",
    concerns: { faults: "any" },
    edits: [
      {
        file: "backends/deadline.ts",
        text: "      reject(error);\n      watched.watcher?.expired(watched.turn, wasBusy, error);",
        replacement: "",
      },
    ],
  },
  {
    name: "a read that fails is a miss",
    concerns: { faults: "any" },
    edits: [
      {
        file: "cache/miss.ts",
        text: "export function unanswered(cause: unknown): Miss {\n",
        replacement: "export function unanswered(cause: unknown): Miss {\n  if (Math.abs(1) === 1) throw cause;\n",
      },
    ],
  },
  {
    name: "a gutter lets go of what its own process changes",
    from: 40,
    concerns: {
      policy: "plain",
      near: "none",
      recovery: false,
      faults: "any",
      latencyMs: 1,
      gutterTtlMs: 2000,
      ttlMs: 2000,
    },
    edits: [
      {
        file: "policies/gutter.ts",
        text: "    this.#untilMs = Math.max(this.#untilMs, untilMs);\n    this.#all?.add(this);",
        replacement: "    this.#untilMs = Math.max(this.#untilMs, untilMs);",
      },
    ],
  },
  {
    name: "a gutter keeps what is loaded for its ttl",
    from: 30,
    concerns: {
      policy: "plain",
      near: "none",
      recovery: false,
      faults: "any",
      latencyMs: 1,
      gutterTtlMs: 50,
      ttlMs: 2000,
    },
    edits: [
      {
        file: "policies/gutter.ts",
        text: '(lifeMs === "forever" ? ttlMs : Math.min(lifeMs, ttlMs))',
        replacement: '(lifeMs === "forever" ? ttlMs : lifeMs)',
      },
    ],
  },
];
