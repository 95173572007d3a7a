import { createRequire } from "node:module";
import { Script } from "node:vm";
import type { Cache, json, LayeredBackend, MemoryBackend, RedisBackend, tag } from "@cachetory/runtime";
import { SimulatedClient } from "./client.ts";
import type { Random } from "./random.ts";
import type { SimulatedServer } from "./server.ts";
import { type Due, immediates, type Owner, timers, type VirtualTime } from "./virtual-time.ts";

/** What a process imports. */
export interface Runtime {
  readonly Cache: typeof Cache;
  readonly RedisBackend: typeof RedisBackend;
  readonly LayeredBackend: typeof LayeredBackend;
  readonly MemoryBackend: typeof MemoryBackend;
  readonly json: typeof json;
  readonly tag: typeof tag;
}

/** One life of a process: what it has set off ends with it. */
export class ProcessLife implements Owner {
  isGone = false;
  blockedUntilMs = 0;
  readonly name: string;
  /** By how much its clocks differ from the time of the simulation. */
  readonly skewMs: number;

  constructor(name: string, skewMs: number) {
    this.name = name;
    this.skewMs = skewMs;
  }
}

/** What a realm is in while a schedule runs. */
export interface Surroundings {
  readonly time: VirtualTime;
  readonly server: SimulatedServer;
  readonly random: Random;
  readonly life: ProcessLife;
}

/** When simulations begin, in milliseconds since 1970. */
export const startMs = 1_750_000_000_000;

const require = createRequire(import.meta.url);

/** The parameters of the script, which stand for what Node has of the same names. */
const parameters = [
  "require",
  "exports",
  "globalThis",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "setImmediate",
  "performance",
  "Date",
  "Math",
  "process",
  "__filename",
];

/**
 * The runtime as one process has it: its modules have a state of their own, and their timers, clocks and sockets are those of the
 * simulation. It serves one life after the other, for what a life leaves behind is reached by nobody.
 */
export class Realm {
  readonly runtime: Runtime;
  /** As its modules know it. */
  Date: new (ms: number) => Date = Date;
  #surroundings: Surroundings | undefined;

  /** @param code - what `bundleRuntime` made */
  constructor(code: string) {
    const script = new Script(`(function (${parameters.join(", ")}) {${code}\n})`, { filename: "runtime.cjs" });
    const run = script.runInThisContext() as (...values: unknown[]) => void;
    const exports = {};
    run(...this.#values(exports));
    // It exports what `bundleRuntime` names.
    this.runtime = exports as Runtime;
  }

  enter(surroundings: Surroundings): void {
    this.#surroundings = surroundings;
  }

  get #here(): Surroundings {
    if (this.#surroundings === undefined) throw new Error("A process runs in no simulation.");
    return this.#surroundings;
  }

  #values(exports: object): readonly unknown[] {
    const set = (run: () => void, ms: number, isRepeated: boolean): Timer => new Timer(this.#here, run, ms, isRepeated);
    const clear = (timer: Timer | undefined): void => timer?.clear();
    const setTimeout = (run: () => void, ms = 1): Timer => set(run, ms, false);
    const setInterval = (run: () => void, ms = 1): Timer => set(run, ms, true);
    const setImmediate = (run: () => void): void => {
      const { time, life } = this.#here;
      time.after(0, immediates, life, run);
    };
    // While modules are loaded there is no simulation, and time stands still.
    const nowMs = (): number => {
      const { time, life } = this.#surroundings ?? {};
      return time === undefined || life === undefined ? 0 : time.nowMs + life.skewMs;
    };
    const eventLoopUtilization = (): object => ({ idle: 0, active: nowMs(), utilization: 1 });
    const performance = { timeOrigin: startMs, now: nowMs, eventLoopUtilization };
    class SimulatedDate extends Date {
      static override now(): number {
        return startMs + Math.floor(nowMs());
      }
    }
    this.Date = SimulatedDate;
    const SimulatedMath = Object.create(Math, { random: { value: () => this.#here.random.next() } });
    const process = Object.create(globalThis.process, { emitWarning: { value: () => {} } });
    const realm = this;
    class Redis extends SimulatedClient {
      constructor(options: object) {
        const { server, random, life } = realm.#here;
        super(() => ({ server, random, owner: life }), options);
      }
    }
    const global = { setTimeout, clearTimeout: clear, performance, Date: SimulatedDate, ioredis: { Redis } };
    const requireHere = (name: string): unknown => {
      if (name === "node:timers") return { setImmediate, setTimeout };
      // Every package can be found.
      if (name === "node:module") return { createRequire: () => ({ resolve: () => "" }) };
      return require(name);
    };
    return [
      requireHere,
      exports,
      global,
      setTimeout,
      clear,
      setInterval,
      clear,
      setImmediate,
      performance,
      SimulatedDate,
      SimulatedMath,
      process,
      import.meta.filename,
    ];
  }
}

class Timer {
  readonly #here: Surroundings;
  readonly #run: () => void;
  readonly #ms: number;
  readonly #isRepeated: boolean;
  #due: Due | undefined;

  constructor(here: Surroundings, run: () => void, ms: number, isRepeated: boolean) {
    this.#here = here;
    this.#run = run;
    // As Node has it: whole, and one at least.
    this.#ms = Math.max(1, Math.trunc(ms));
    this.#isRepeated = isRepeated;
    this.#begin();
  }

  unref(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  refresh(): this {
    this.clear();
    this.#begin();
    return this;
  }

  clear(): void {
    if (this.#due !== undefined) this.#due.run = undefined;
  }

  #begin(): void {
    const { time, life } = this.#here;
    this.#due = time.after(this.#ms, timers, life, () => {
      if (this.#isRepeated) this.#begin();
      this.#run();
    });
  }
}
