import type { Mutant } from "./mutant.ts";

/** Loads of one process, of which nothing else is in the way. */
const quiet: Mutant["concerns"] = {
  policy: "plain",
  near: "none",
  singleFlight: "process",
  writeBack: "if-absent",
  faults: "none",
};

/** The guards of loads and write-backs, each taken out. */
export const loadsMutants: readonly Mutant[] = [
  {
    name: "a change voids the loads under way before it is sent",
    from: 240,
    concerns: quiet,
    edits: [
      {
        file: "cache/loads.ts",
        text: "    for (const loads of all) for (const text of texts) loads.invalidate(text);\n    try {\n      return await this.#events.change(operation, texts, write);\n    } catch (cause) {\n      throw this.#events.failure(cause);\n    } finally {\n      for (const loads of all) for (const text of texts) loads.invalidate(text);\n    }",
        replacement:
          "    try {\n      return await this.#events.change(operation, texts, write);\n    } catch (cause) {\n      throw this.#events.failure(cause);\n    } finally {\n      for (const loads of all) for (const text of texts) loads.invalidate(text);\n    }",
      },
    ],
  },
  {
    name: "a change voids the loads that began while it was under way",
    from: 50,
    concerns: {
      ...quiet,
      isSlowOrigin: true,
      ttlMs: 2000,
      keys: ["a"],
      slowShare: 0,
    },
    edits: [
      {
        file: "cache/loads.ts",
        text: "    for (const loads of all) for (const text of texts) loads.invalidate(text);\n    try {\n      return await this.#events.change(operation, texts, write);\n    } catch (cause) {\n      throw this.#events.failure(cause);\n    } finally {\n      for (const loads of all) for (const text of texts) loads.invalidate(text);\n    }",
        replacement:
          "    for (const loads of all) for (const text of texts) loads.invalidate(text);\n    return await this.#events.change(operation, texts, write);",
      },
    ],
  },
  {
    name: "a clear voids the loads under way",
    from: 50,
    concerns: quiet,
    edits: [
      {
        file: "cache/loads.ts",
        text: '    for (const loads of all) loads.invalidateWhere(owns);\n    try {\n      return await this.#events.change("clear", undefined, write);\n    } catch (cause) {\n      throw this.#events.failure(cause);\n    } finally {\n      for (const loads of all) loads.invalidateWhere(owns);\n    }',
        replacement: '    void owns;\n    void all;\n    return await this.#events.change("clear", undefined, write);',
      },
    ],
  },
  {
    name: "a load that was voided does not store",
    concerns: quiet,
    edits: [
      {
        file: "cache/load-on-miss.ts",
        text: "if (flight.isVoid || rule.storeIf?.(loaded.value, loaded.text) === false) return;",
        replacement: "if (rule.storeIf?.(loaded.value, loaded.text) === false) return;",
      },
      {
        file: "cache/write-backs.ts",
        text: "isVoid() ? Promise.resolve(false) : this.#entries.storeLoaded",
        replacement: "this.#entries.storeLoaded",
      },
    ],
  },
  {
    name: "callers share a flight",
    concerns: {},
    edits: [
      {
        file: "cache/loads.ts",
        text: "this.#flights.getOrStart(one.text, one.key)",
        replacement: "this.#flights.start(one.text, one.key)",
      },
    ],
  },
  {
    name: "a write-back leaves alone what is there",
    concerns: { policy: "plain", near: "none", writeBack: "if-absent", keys: ["a"], ttlMs: 2000 },
    edits: [
      {
        file: "cache/load-on-miss.ts",
        text: "    // Only what was read and is worth nothing is replaced: an absent entry may be there by now, and is newer.\n    const ifNotExists = rule.ifNotExists && !miss.isReplaceable;",
        replacement: "    const ifNotExists = false;",
      },
    ],
  },
  {
    name: "SET of a write-back says NX",
    concerns: { policy: "plain", near: "none", writeBack: "if-absent", keys: ["a"], ttlMs: 2000 },
    edits: [
      {
        file: "backends/redis.ts",
        text: 'return ifNotExists ? client.set(key, value, "PX", life, "NX") : client.set(key, value, "PX", life);',
        replacement: 'return client.set(key, value, "PX", life);',
      },
    ],
  },
  {
    name: "write-backs of many store what is absent",
    concerns: { policy: "plain", near: "none", writeBack: "if-absent", ttlMs: 2000, jitter: 0 },
    edits: [
      {
        file: "backends/redis-store-many.ts",
        text: "ARGV[i + 1], 'PX', ARGV[1], 'NX') end",
        replacement: "ARGV[i + 1], 'PX', ARGV[1]) end",
      },
    ],
  },
  {
    name: "a load past its deadline is joined by nobody",
    from: 50,
    concerns: { singleFlight: "process", faults: "none", deadlineMs: 150, keys: ["a"], slowShare: 0.5 },
    edits: [
      {
        file: "cache/flights.ts",
        text: "return performance.now() - loadingSinceMs < this.#deadlineMs;",
        replacement: "return loadingSinceMs >= 0;",
      },
    ],
  },
  {
    name: "answers of many are of the keys asked for",
    from: 1750,
    concerns: {},
    edits: [
      {
        file: "backends/coalesced-reads.ts",
        text: "readers[index]?.resolve(values[index] as Answer);",
        replacement: "readers[index]?.resolve(values[values.length - 1 - index] as Answer);",
      },
    ],
  },
  {
    name: "a load of many that was voided does not store",
    from: 50,
    concerns: quiet,
    edits: [
      {
        file: "cache/loads-of-many.ts",
        text: "if (flight.isVoid || rule.storeIf?.(value, text) === false) return [];",
        replacement: "if (rule.storeIf?.(value, text) === false) return [];",
      },
      {
        file: "cache/store-many.ts",
        text: "const current = made.filter(({ isVoid }) => !isVoid());",
        replacement: "const current = made;",
      },
    ],
  },
  {
    name: "a call on a key of a large batch waits until that is over",
    concerns: { policy: "plain", near: "none", faults: "none", writeBack: "if-absent", singleFlight: "process" },
    edits: [
      {
        file: "cache/turns.ts",
        text: "for (const call of this.#whole) if (texts.some((text) => call.keys.has(text))) before.push(call.over);",
        replacement: "",
      },
    ],
  },
  {
    name: "who finds a load of the key under way joins it",
    from: 120,
    concerns: quiet,
    edits: [
      {
        file: "cache/loads.ts",
        text: "!this.#sharing.looksForOthers() && !this.#flights.has(one.text)",
        replacement: "!this.#sharing.looksForOthers()",
      },
    ],
  },
  {
    name: "who finds nothing loads only where nobody else has begun to meanwhile",
    from: 0,
    concerns: quiet,
    edits: [
      {
        file: "cache/flights.ts",
        text: "return this.#recent.hasSince(text, since) ? undefined : this.start(",
        replacement: "return since < 0 ? undefined : this.start(",
      },
    ],
  },
  {
    name: "who finds nothing reads once more where the key has been changed meanwhile",
    from: 1200,
    concerns: {
      ...quiet,
      isSlowOrigin: true,
      keys: ["a"],
      ttlMs: 2000,
      slowShare: 0,
    },
    edits: [
      {
        file: "cache/flights.ts",
        text: "  invalidate(text: string): void {\n    this.#noteRecent(text);\n",
        replacement: "  invalidate(text: string): void {\n",
      },
    ],
  },
];
