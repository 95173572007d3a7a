import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { type Backend, Cache, json, type Ttl } from "@cachetory/runtime";
import fc from "fast-check";
import { test } from "vitest";
import { clockAheadMs } from "../../support/given-server.ts";
import { CacheModel, type Value } from "./cache-model.ts";
import { type Clock, FakeClock, RealClock } from "./clock.ts";
import { expectedAnswer } from "./expected-answer.ts";
import { history, type Operation, ownLife } from "./operation.ts";
import { type CacheUnderTest, perform, ttl } from "./perform.ts";

/** A cache that is held against the model. */
export interface ModelSubject {
  /** Whether time is real, as that of a server, or passes when it is told to. */
  readonly time: "real" | "fake";
  start(): Promise<StartedSubject>;
}

/** A subject whose server runs, if it has one. */
export interface StartedSubject {
  /** A cache of its own for each history: `prefix` is that of no other. */
  openCache(prefix: string, ownTtl: Ttl, clock: Clock): CacheUnderTest;
  /** How far the server's clock is ahead of this machine's, in milliseconds. Default 0. */
  readonly aheadMs?: number;
  stop(): Promise<void>;
}

/**
 * Runs the model against a cache: any sequence of operations has the answers that the model has.
 *
 * @example
 * ```ts
 * modelContract("redis", onServer(startRedisServer, ({ url }) => backendFromUrl(url)));
 * ```
 */
export function modelContract(name: string, subject: ModelSubject): void {
  // Time that is waited for can be waited for by several.
  const options = { concurrent: subject.time === "real", timeout: 240_000 };
  test(`${name} answers as the model does, whatever is asked in whatever order`, options, async () => {
    const started = await subject.start();
    try {
      const numRuns = subject.time === "fake" ? 10 : modelRuns.numRuns;
      const { failed, errorInstance } = await fc.check(modelProperty(subject.time, started), { ...modelRuns, numRuns });
      // It tells the one history that went wrong, where fast-check would print all of them.
      if (failed) throw errorInstance;
    } finally {
      await started.stop();
    }
  });
}

/** What is special about a server under the model. */
export interface ServerOptions {
  /** Stands before all keys. Default none. */
  readonly prefix?: string;
  /** Whether it has a clock of its own, not that of this machine. Default `false`. */
  readonly isRemote?: boolean;
}

/** The cache over a backend whose entries are on a server. */
export function onServer<Server extends { stop(): Promise<void> }>(
  startServer: () => Promise<Server>,
  open: (server: Server) => Backend,
  { prefix = "", isRemote = false }: ServerOptions = {},
): ModelSubject {
  return {
    time: "real",
    async start() {
      const server = await startServer();
      const backend = open(server);
      await backend.ready();
      return {
        aheadMs: isRemote ? await clockAheadMs(backend, prefix) : 0,
        openCache: (own, ttl) =>
          new Cache<string, Value>({
            backend,
            serializer: json(),
            prefix: `${prefix}${own}`,
            ttl,
            closesBackend: false,
          }),
        async stop() {
          await backend.clear({ head: `${prefix}${allHistories}`, owns: () => true }, {});
          await backend.close();
          await server.stop();
        },
      };
    },
  };
}

/** So many runs, of 80 histories each, find every mistake that planted-mistakes.test.ts plants. */
export const modelRuns = { seed: 20_260_000, numRuns: 2, endOnFailure: true } satisfies fc.Parameters<unknown>;

const allHistories = "model:";
let histories = 0;

/** That the answers of a cache are those of the model, in 80 histories that are told at the same time. */
export function modelProperty(
  time: "real" | "fake",
  subject: StartedSubject,
): fc.IAsyncProperty<[(readonly Operation[])[]]> {
  // Many at a time, each with a cache of its own: most of their time is waited for.
  const batch = fc.array(history, { minLength: 80, maxLength: 80 });
  return fc.asyncProperty(batch, async (all) => {
    const compared = await Promise.all(
      // Not all at the same moment of a tick: they would wait for each other.
      all.map((operations, index) => compare(time, subject, operations, index / all.length)),
    );
    const [some, every] = [sum(compared), sum(all.map(({ length }) => length))];
    if (some < every / 4) {
      throw new Error(`The machine is too busy: of ${every} operations only ${some} were answered in time.`);
    }
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

/**
 * Holds a history against the model. One that came late on a busy machine, after which answers say nothing, is told again, slower,
 * with a new cache.
 *
 * @returns how many of its operations could be compared
 */
async function compare(
  time: "real" | "fake",
  { openCache, aheadMs = 0 }: StartedSubject,
  operations: readonly Operation[],
  phase: number,
): Promise<number> {
  let compared = 0;
  for (let tickMs = 150; tickMs <= 2400 && compared < operations.length; tickMs *= 2) {
    if (time === "real") await setTimeout(phase * tickMs);
    const clock = time === "fake" ? new FakeClock() : new RealClock(tickMs, aheadMs);
    histories += 1;
    const cache = openCache(`${allHistories}${process.pid}:${histories}:`, ttl(ownLife, clock), clock);
    const found = await answersInTime(clock, cache, operations);
    expectAnswersOfModel(operations.slice(0, found.length), found);
    compared = Math.max(compared, found.length);
  }
  return compared;
}

/** What the cache answers to operations, up to those whose answers came late. */
async function answersInTime(
  clock: Clock,
  cache: CacheUnderTest,
  operations: readonly Operation[],
): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const operation of operations) {
    if ("calls" in operation) {
      const answers = await Promise.all(operation.calls.map((call) => perform(cache, call, clock)));
      if (!clock.isEarly()) break;
      found.push(answers);
    } else {
      await clock.pass(operation.pass);
      found.push(undefined);
    }
  }
  return found;
}

/** @throws Error that tells what happened until the first answer that the model does not have */
function expectAnswersOfModel(operations: readonly Operation[], found: readonly unknown[]): void {
  const model = new CacheModel();
  for (const [index, operation] of operations.entries()) {
    if ("pass" in operation) {
      model.now += operation.pass;
      continue;
    }
    const expected = operation.calls.map((call) => expectedAnswer(model, call));
    if (isDeepStrictEqual(found[index], expected)) continue;
    const story = operations.slice(0, index + 1).map((told) => `  ${fc.stringify(told)}\n`);
    throw new Error(
      `After this\n${story.join("")}the cache answers ${fc.stringify(found[index])}, the model ${fc.stringify(expected)}.`,
    );
  }
}
