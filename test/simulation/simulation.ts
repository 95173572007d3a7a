import type { Cache, TagOptions } from "@cachetory/runtime";
import { Random } from "./random.ts";
import { ProcessLife, type Realm, startMs } from "./realm.ts";
import type { Call, Configuration, Fault, LoadPlan, Schedule } from "./schedule.ts";
import { SimulatedServer } from "./server.ts";
import { timers, VirtualTime } from "./virtual-time.ts";

/** What is cached: which state of which thing it is, and which of all values. */
export interface Value {
  readonly k: string;
  readonly v: number;
  readonly i: number;
}

/** A moment: of events, and on the clock. */
export interface Moment {
  readonly step: number;
  readonly ms: number;
}

/** A value that came into being, and where. */
export interface Origin {
  readonly key: string;
  readonly version: number;
  readonly by: "load" | "set";
  readonly call: CallRecord;
}

export interface LoadRecord {
  readonly key: string;
  readonly call: CallRecord;
  readonly life: ProcessLife;
  readonly began: Moment;
  ended: Moment | undefined;
}

/** What was stored in the place of what. */
export interface Replacement {
  readonly key: string;
  readonly by: Origin;
  readonly replaced: Origin;
  /** For how long that would have been fresh, by the clock of the server. */
  readonly leftMs: number;
}

/** What came of a call. */
export interface CallRecord {
  readonly call: Call;
  readonly life: ProcessLife;
  readonly called: Moment;
  settled: Moment | undefined;
  error: unknown;
  /** What it answered for each key; `undefined` for nothing. */
  answers: readonly (readonly [key: string, value: Value | null | undefined])[];
  /** Which state each key has reached with this change, or with this refresh. */
  readonly versions: Map<string, number>;
}

/** All that happened. */
export interface Course {
  readonly configuration: Configuration;
  readonly calls: readonly CallRecord[];
  readonly loads: readonly LoadRecord[];
  readonly origins: ReadonlyMap<number, Origin>;
  /** When a value was last stored, by its number. */
  readonly stored: ReadonlyMap<number, Moment>;
  /** Values that took the place of a newer one that was still fresh. */
  readonly replacements: readonly Replacement[];
  /** When `null` was stored, by key. */
  readonly nullsStored: ReadonlyMap<string, readonly Moment[]>;
  readonly faults: readonly Fault[];
  /** Processes that have not ended before the simulation did. */
  readonly lastLives: ReadonlySet<ProcessLife>;
  /** When processes ended. */
  readonly endsMs: ReadonlyMap<ProcessLife, number>;
  readonly steps: number;
  readonly trace: readonly string[];
}

/** Loaders fail with this. */
export class OriginError extends Error {}

/** So long calls may take after the last step of a schedule, by the virtual clock. */
const graceMs = 30_000;

const changes = new Set(["delete", "deleteMany", "take", "expireAt", "set", "setMany", "clear", "invalidateTags"]);

/** So long a load that has failed keeps others from it, where there is something stale. */
export const throttleMs = 50;

export function isChange({ kind }: Call): boolean {
  return changes.has(kind);
}

/** What comes before each key of a large call: more than goes into one step. */
const others = Array.from({ length: 510 }, (_, index) => `other${index}`);

/** The keys of a large call: each of these is sent in another step. */
function amongOthers(keys: readonly string[]): string[] {
  return keys.flatMap((key) => [...others.map((other) => `${key}-${other}`), key]);
}

/** In which group of keys one is, by which values are tagged. */
function groupOf(key: string): string {
  return key === "a" ? "one" : "two";
}

/** Which keys a change is about. */
export function keysOf(call: Call, { keys }: Configuration): readonly string[] {
  const [first = ""] = call.keys;
  return call.kind === "invalidateTags" ? keys.filter((key) => groupOf(key) === groupOf(first)) : call.keys;
}

interface Process {
  readonly realm: Realm;
  life: ProcessLife;
  cache: Cache<string, Value | null>;
  close: () => void;
}

/**
 * Runs a schedule: processes with their caches, a network, a server, on a clock of their own.
 *
 * @param realms - one for each process; they must be in no other simulation meanwhile
 * @param isTraced - whether what happens is put in words
 */
export async function simulate(schedule: Schedule, realms: readonly Realm[], isTraced = false): Promise<Course> {
  const simulation = new Simulation(schedule, realms, isTraced);
  return simulation.run();
}

class Simulation {
  readonly #schedule: Schedule;
  readonly #time = new VirtualTime();
  readonly #random: Random;
  readonly #server: SimulatedServer;
  readonly #processes: Process[] = [];
  readonly #truth = new Map<string, number>();
  readonly #calls: CallRecord[] = [];
  readonly #loads: LoadRecord[] = [];
  readonly #origins = new Map<number, Origin>();
  readonly #stored = new Map<number, Moment>();
  readonly #nullsStored = new Map<string, Moment[]>();
  readonly #replacements: Replacement[] = [];
  readonly #faults: Fault[] = [];
  readonly #endsMs = new Map<ProcessLife, number>();
  readonly #closing: (() => void)[] = [];
  readonly #trace: string[] = [];
  readonly #isTraced: boolean;
  #values = 0;
  #lives = 0;
  #left: number;

  constructor(schedule: Schedule, realms: readonly Realm[], isTraced: boolean) {
    this.#schedule = schedule;
    this.#isTraced = isTraced;
    this.#left = schedule.steps.length;
    const { configuration, seed } = schedule;
    // Other numbers than those that the schedule was made of.
    this.#random = new Random(seed + 2 ** 40);
    const latency = { leastMs: 0.1, mostMs: configuration.latencyMs };
    this.#server = new SimulatedServer(this.#time, this.#random, latency, startMs + 5000 * (this.#random.next() - 0.5));
    this.#server.onStored = (key, value, replaced) => this.#noteStored(key, value, replaced);
    for (const realm of realms.slice(0, configuration.processes)) this.#processes.push(this.#start(realm));
  }

  async run(): Promise<Course> {
    const { steps, configuration } = this.#schedule;
    for (const step of steps) {
      this.#time.at(step.atMs, timers, undefined, () => {
        this.#left -= 1;
        if (step.call !== undefined) this.#begin(step.call);
        else this.#befall(step.fault);
      });
    }
    const isOver = (): boolean =>
      this.#left === 0 && this.#calls.every(({ settled, life }) => settled !== undefined || life.isGone);
    await this.#time.run((steps.at(-1)?.atMs ?? 0) + graceMs, isOver);
    const lastLives = new Set(this.#processes.map(({ life }) => life).filter(({ isGone }) => !isGone));
    for (const { life } of this.#processes) life.isGone = true;
    for (const close of this.#closing) close();
    return {
      configuration,
      calls: this.#calls,
      loads: this.#loads,
      origins: this.#origins,
      stored: this.#stored,
      nullsStored: this.#nullsStored,
      replacements: this.#replacements,
      faults: this.#faults,
      lastLives,
      endsMs: this.#endsMs,
      steps: this.#time.steps,
      trace: this.#trace,
    };
  }

  get #now(): Moment {
    return { step: this.#time.steps, ms: this.#time.nowMs };
  }

  #tell(what: () => string): void {
    if (this.#isTraced) this.#trace.push(`${this.#time.nowMs.toFixed(2).padStart(9)} ms  ${what()}`);
  }

  #start(realm: Realm): Process {
    const { configuration } = this.#schedule;
    const index = this.#processes.findIndex((process) => process.realm === realm);
    const name = `process ${index === -1 ? this.#processes.length : index}`;
    this.#lives += 1;
    const life = new ProcessLife(name, Math.floor(20_000 * this.#random.next()));
    realm.enter({ time: this.#time, server: this.#server, random: this.#random, life });
    const { RedisBackend, LayeredBackend, MemoryBackend, Cache, json } = realm.runtime;
    const { heartbeatMs, readTimeoutMs, commandTimeoutMs, near, nearTtlMs } = configuration;
    const far = new RedisBackend({
      host: "redis",
      // Backends of the same options share a connection, also with those of an earlier simulation.
      clientName: `life-${this.#lives}`,
      readTimeoutMs,
      commandTimeoutMs,
      // Longer than any loop is held up.
      connectTimeoutMs: 10_000,
      heartbeatMs,
      heartbeatTimeoutMs: heartbeatMs,
    });
    const backend =
      near === "none"
        ? far
        : new LayeredBackend({
            near: new MemoryBackend({ maxEntries: 100 }),
            far,
            heads: ["s:"],
            ...(near === "ttl" || near === "bus" ? { ttl: { ms: nearTtlMs } } : {}),
            invalidation: near === "ttl" ? "none" : near,
          });
    const cache = new Cache<string, Value | null>({
      backend,
      serializer: json(),
      prefix: "s:",
      random: () => this.#random.next(),
      ...this.#policies(realm),
    });
    const close = (): void => void backend.close();
    this.#closing.push(close);
    return { realm, life, cache, close };
  }

  #policies({ runtime: { tag } }: Realm): object {
    const {
      writeBack,
      singleFlight,
      policy,
      recovery,
      jitter,
      ttlMs,
      nullTtlMs,
      staleMs,
      onErrorMs,
      deadlineMs,
      leaseMs,
      gutterTtlMs,
    } = this.#schedule.configuration;
    const tags: TagOptions<string, Value | null> = {
      ofKey: (key) => [tag("key", key)],
      ofValue: (value) => (value === null ? [] : [tag("group", groupOf(value.k))]),
      valueFamilies: ["group"],
    };
    const deadline = { ms: deadlineMs };
    return {
      writeBack,
      ttl: { ms: ttlMs },
      maxTtl: { ms: ttlMs },
      jitter,
      recovery,
      gutter: { ttl: { ms: gutterTtlMs } },
      singleFlight:
        singleFlight === "cluster"
          ? { scope: "cluster", deadline, lease: { ms: leaseMs } }
          : { scope: "process", deadline },
      ...(nullTtlMs !== undefined && { negative: { ttl: { ms: nullTtlMs } } }),
      ...(policy === "tags" && { tags }),
      ...(policy === "stale" && {
        stale: { whileRevalidate: { ms: staleMs }, onError: { ms: onErrorMs }, throttle: { ms: throttleMs } },
      }),
    };
  }

  #begin(call: Call): void {
    const process = this.#processes[call.process];
    if (process === undefined || process.life.isGone) return;
    const { blockedUntilMs } = process.life;
    if (blockedUntilMs > this.#time.nowMs) {
      this.#left += 1;
      this.#time.at(blockedUntilMs, timers, undefined, () => {
        this.#left -= 1;
        this.#begin(call);
      });
      return;
    }
    const versions = new Map<string, number>();
    // Who refreshes has changed something, too; what is stored by that is known when it is loaded.
    if (call.kind === "refresh") for (const key of call.keys) this.#truth.set(key, this.#version(key) + 1);
    if (isChange(call)) {
      for (const key of keysOf(call, this.#schedule.configuration)) {
        this.#truth.set(key, this.#version(key) + 1);
        versions.set(key, this.#version(key));
      }
    }
    const record: CallRecord = {
      call,
      life: process.life,
      called: this.#now,
      settled: undefined,
      error: undefined,
      answers: [],
      versions,
    };
    this.#calls.push(record);
    const number = this.#calls.length;
    this.#tell(() => `${process.life.name} calls #${number} ${call.kind}(${call.keys})${versionsText(versions)}`);
    this.#call(process, record).then(
      (answers) => {
        record.answers = answers;
        record.settled = this.#now;
        this.#tell(() => `#${number} answers ${JSON.stringify(answers)}`);
      },
      (error: unknown) => {
        record.error = error;
        record.settled = this.#now;
        this.#tell(() => `#${number} rejects: ${error}`);
      },
    );
  }

  async #call({ cache, realm }: Process, record: CallRecord): Promise<CallRecord["answers"]> {
    const { call } = record;
    const { keys } = call;
    const [key = ""] = keys;
    switch (call.kind) {
      case "get":
        return [[key, await cache.get(key)]];
      case "getMany":
        return [...(await cache.getMany(call.isLarge === true ? amongOthers(keys) : keys))].filter(([one]) =>
          keys.includes(one),
        );
      case "getOrSet":
        return [[key, await cache.getOrSet(key, () => this.#load(key, record, call.load))]];
      case "refresh":
        return [[key, await cache.refresh(key, () => this.#load(key, record, call.load))]];
      case "getOrSetMany":
        return [
          ...(await cache.getOrSetMany(keys, async (missing) => {
            const values = await Promise.all(missing.map((one) => this.#load(one, record, call.load)));
            return missing.map((one, index): [string, Value | null] => [one, values[index] ?? null]);
          })),
        ];
      case "delete":
        await cache.delete(key);
        return [];
      case "deleteMany":
        await cache.deleteMany(keys);
        return [];
      case "take":
        return [[key, await cache.take(key)]];
      case "expireAt":
        await cache.expireAt(key, new realm.Date(0));
        return [];
      case "set":
        await cache.set(key, this.#valueNow(key, "set", record));
        return [];
      case "setMany": {
        const given = (one: string): Value =>
          keys.includes(one) ? this.#valueNow(one, "set", record) : { k: one, v: 0, i: 0 };
        await cache.setMany((call.isLarge === true ? amongOthers(keys) : keys).map((one) => [one, given(one)]));
        return [];
      }
      case "clear":
        await cache.clear();
        return [];
      case "invalidateTags":
        await cache.invalidateTags(realm.runtime.tag("group", groupOf(key)));
        return [];
      default:
        return call satisfies never;
    }
  }

  #load(key: string, call: CallRecord, { beforeMs, afterMs, outcome }: LoadPlan): Promise<Value | null> {
    const load: LoadRecord = { key, call, life: call.life, began: this.#now, ended: undefined };
    this.#loads.push(load);
    this.#tell(() => `${call.life.name} loads ${key}`);
    return new Promise((resolve, reject) => {
      const end = (settle: () => void, what: () => string): void => {
        this.#time.after(afterMs, timers, call.life, () => {
          load.ended = this.#now;
          this.#tell(() => `${call.life.name} has loaded ${key}: ${what()}`);
          settle();
        });
      };
      this.#time.after(beforeMs, timers, call.life, () => {
        if (outcome === "failure") {
          end(
            () => reject(new OriginError("The origin fails.")),
            () => "a failure",
          );
        } else {
          if (call.call.kind === "refresh" && outcome === "value") call.versions.set(key, this.#seenVersion(key, call));
          const value = outcome === "null" ? null : this.#valueNow(key, "load", call, this.#seenVersion(key, call));
          end(
            () => resolve(value),
            () => JSON.stringify(value),
          );
        }
      });
    });
  }

  #valueNow(key: string, by: Origin["by"], call: CallRecord, version = this.#version(key)): Value {
    this.#values += 1;
    const value = { k: key, v: version, i: this.#values };
    this.#origins.set(value.i, { key, version: value.v, by, call });
    return value;
  }

  /** What a load reads: a slow origin shows a change when the call that tells of it has come back. */
  #seenVersion(key: string, { life }: CallRecord): number {
    const version = this.#version(key);
    if (!this.#schedule.configuration.isSlowOrigin) return version;
    let [seen, known] = [version, 0];
    for (const { call, life: other, settled, versions } of this.#calls) {
      const changed = isChange(call) ? versions.get(key) : undefined;
      if (changed === undefined) continue;
      if (settled !== undefined || other !== life) known = Math.max(known, changed);
      else seen = Math.min(seen, changed - 1);
    }
    return Math.max(seen, known);
  }

  #version(key: string): number {
    return this.#truth.get(key) ?? 0;
  }

  #noteStored(key: string, text: string, replaced: string | undefined): void {
    const id = idIn(text);
    if (id !== undefined) this.#stored.set(id, this.#now);
    const [by, before] = [this.#originOf(id), replaced === undefined ? undefined : this.#originOf(idIn(replaced))];
    const leftMs = this.#freshForMs(replaced);
    if (by !== undefined && before !== undefined && leftMs > 0) {
      this.#replacements.push({ key: key.slice(2), by, replaced: before, leftMs });
    }
    if (/(?:^|\n)null$/.test(text)) {
      const name = key.slice(2);
      this.#nullsStored.set(name, [...(this.#nullsStored.get(name) ?? []), this.#now]);
    }
    // Hundreds of others say nothing.
    if (!/-other\d+$/.test(key)) this.#tell(() => `the server stores ${key}: ${JSON.stringify(text)}`);
  }

  #originOf(id: number | undefined): Origin | undefined {
    return id === undefined ? undefined : this.#origins.get(id);
  }

  /** For how long an entry is fresh by the clock of the server, as its envelope says where it has one. */
  #freshForMs(text = ""): number {
    const digits = /^~c1 f([0-9a-z]{9})/.exec(text)?.[1];
    return digits === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(digits, 36) - this.#server.nowMs;
  }

  #befall(fault: Fault): void {
    this.#faults.push(fault);
    this.#tell(() => `fault: ${JSON.stringify(fault)}`);
    const server = this.#server;
    switch (fault.kind) {
      case "cut":
        for (const link of this.#linksOf(fault.process, fault.link)) link.cut();
        return;
      case "stall":
        for (const link of this.#linksOf(fault.process, fault.link)) link.stall(this.#time.nowMs + fault.forMs);
        return;
      case "half-open":
        for (const link of this.#linksOf(fault.process, fault.link)) link.stall(Number.POSITIVE_INFINITY);
        return;
      case "stop-server":
        server.stop();
        this.#later(fault.forMs, () => server.resume());
        return;
      case "kill-server":
        server.kill();
        this.#later(fault.forMs, () => server.restart());
        return;
      case "slow-network": {
        const { latency } = server;
        server.latency = { leastMs: 0.1, mostMs: fault.latencyMs };
        this.#later(fault.forMs, () => {
          server.latency = latency;
        });
        return;
      }
      case "block": {
        const process = this.#processes[fault.process];
        if (process === undefined) return;
        // What waits keeps its order: nobody is let go earlier than was said.
        process.life.blockedUntilMs = Math.max(process.life.blockedUntilMs, this.#time.nowMs + fault.forMs);
        return;
      }
      case "kill-process":
        this.#kill(fault.process, fault.forMs);
        return;
      case "evict":
        server.evict();
        return;
      case "flush":
        server.flush();
        return;
      default:
        fault satisfies never;
    }
  }

  #kill(index: number, forMs: number): void {
    const process = this.#processes[index];
    if (process === undefined || process.life.isGone) return;
    for (const link of this.#linksOf(index)) link.cut();
    process.life.isGone = true;
    this.#endsMs.set(process.life, this.#time.nowMs);
    this.#later(forMs, () => {
      this.#processes[index] = this.#start(process.realm);
    });
  }

  #later(ms: number, run: () => void): void {
    this.#left += 1;
    this.#time.after(ms, timers, undefined, () => {
      this.#left -= 1;
      run();
    });
  }

  #linksOf(process: number, choice: "all" | "first" | "last" = "all"): ReturnType<SimulatedServer["linksOf"]> {
    const life = this.#processes[process]?.life;
    const links = life === undefined ? [] : this.#server.linksOf(life);
    if (choice === "all") return links;
    return choice === "first" ? links.slice(0, 1) : links.slice(-1);
  }
}

function idIn(text: string): number | undefined {
  const id = /"i":(\d+)/.exec(text)?.[1];
  return id === undefined ? undefined : Number(id);
}

function versionsText(versions: ReadonlyMap<string, number>): string {
  return versions.size === 0
    ? ""
    : `, from now on ${[...versions].map(([key, version]) => `${key} is v${version}`).join(", ")}`;
}
