import { strict as assert } from "node:assert";
import { setTimeout } from "node:timers/promises";
import { type Backend, Cache, json, type Ttl } from "@cachetory/runtime";
import fc from "fast-check";
import { test } from "vitest";
import { CacheModel, type Value } from "./cache-model.ts";
import { type Clock, FakeClock, RealClock } from "./clock.ts";
import { expectedAnswer } from "./expected-answer.ts";
import { history, type Operation, ownLife } from "./operation.ts";
import { type CacheUnderTest, perform, ttl } from "./perform.ts";

/** A cache that is held against the model. */
export interface ModelSubject {
  /** A cache of its own for each history: `prefix` is that of no other. */
  openCache(prefix: string, ownTtl: Ttl, clock: Clock): CacheUnderTest;
  /** Whether time is real, as that of a server, or passes when it is told to. */
  readonly time: "real" | "fake";
  /** How far the server's clock is ahead of this machine's, in milliseconds. Default 0. */
  aheadMs?(): number;
}

/** Runs the model against a cache: any sequence of operations has the answers that the model has. */
export function modelContract(name: string, subject: ModelSubject): void {
  // Time that is waited for can be waited for by several.
  const concurrent = subject.time === "real";
  test(`${name} answers as the model does, whatever is asked in whatever order`, { concurrent }, async () => {
    await fc.assert(modelProperty(subject), modelRuns);
  });
}

/** The cache over a backend, whose time is real. */
export function realTimeSubject(backend: () => Backend, aheadMs: () => number = () => 0): ModelSubject {
  return {
    time: "real",
    aheadMs,
    openCache: (prefix, ownTtl) =>
      new Cache<string, Value>({ backend: backend(), serializer: json(), prefix, ttl: ownTtl, closesBackend: false }),
  };
}

/** So many runs find each of the mistakes that are planted in model.test.ts; 30 histories each. */
export const modelRuns: fc.Parameters<unknown> = { seed: 20_260_000, numRuns: 8, interruptAfterTimeLimit: 15_000 };

let histories = 0;

export function modelProperty(subject: ModelSubject): fc.IAsyncProperty<[(readonly Operation[])[]]> {
  // Many at a time, each with a cache of its own: most of their time is waited for.
  const batch = fc.array(history, { minLength: 30, maxLength: 30 });
  return fc.asyncProperty(batch, async (all) => {
    await Promise.all(
      all.map(async (operations, index) => {
        // Not all at the same moment of a tick: they would wait for each other.
        const found = await answers(subject, operations, index / all.length);
        assert.deepEqual(found, expectedAnswers(operations));
      }),
    );
  });
}

function expectedAnswers(operations: readonly Operation[]): unknown[] {
  const model = new CacheModel();
  return operations.map((operation) => {
    if ("calls" in operation) return operation.calls.map((call) => expectedAnswer(model, call));
    model.now += operation.pass;
    return undefined;
  });
}

/** A history that came late on a busy machine is told again, slower, with a new cache. */
async function answers(subject: ModelSubject, operations: readonly Operation[], phase: number): Promise<unknown[]> {
  for (let tickMs = 40; ; tickMs *= 2) {
    if (subject.time === "real") await setTimeout(phase * tickMs);
    const clock = subject.time === "fake" ? new FakeClock() : new RealClock(tickMs, subject.aheadMs?.() ?? 0);
    histories += 1;
    const cache = subject.openCache(`model:${process.pid}:${histories}:`, ttl(ownLife, clock), clock);
    const found = await answersBy(clock, cache, operations);
    await cache.clear();
    if (!clock.isLate || tickMs > 1000) return found;
  }
}

async function answersBy(clock: Clock, cache: CacheUnderTest, operations: readonly Operation[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const operation of operations) {
    if ("calls" in operation) {
      found.push(await Promise.all(operation.calls.map((call) => perform(cache, call, clock))));
      clock.noteAnswers();
    } else {
      await clock.pass(operation.pass);
      found.push(undefined);
    }
  }
  return found;
}
