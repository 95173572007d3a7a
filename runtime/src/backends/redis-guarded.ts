import { CachetoryError } from "../errors.ts";
import { randomId } from "../random-id.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { Backend, KeyRange, StoreOptions } from "./backend.ts";
import { type ClearOptions, ClearRun } from "./clear-run.ts";
import type { Envelopes } from "./envelopes.ts";
import type { GuardedBackend, GuardedEntry, GuardedRead, LeaveGuard } from "./guarded-backend.ts";
import { besideKey, keyOfBeside } from "./redis-beside-keys.ts";
import type { BufferLike, RedisCommands } from "./redis-commands.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { argument } from "./redis-encoding.ts";
import { clearedUntil, missOfWrongType, unavailable } from "./redis-errors.ts";
import { partly, pick, runInGroups, storingLimit } from "./redis-groups.ts";
import { keysFrom } from "./redis-keys.ts";
import { type GroupLimit, slotOf } from "./redis-slots.ts";
import { type TimeLeft, timeLeft } from "./time-left.ts";

type Argument = string | number | BufferLike | TimeLeft;

// Keys come first, then the guards beside them. As text and not by their hash: a server that has lost a script would have the
// call sent again, after those that came later.

/** Any command about one key, after its guard is voided. */
const changeScript = "redis.call('UNLINK', KEYS[2]) return redis.pcall(ARGV[1], KEYS[1], unpack(ARGV, 2))";

const deleteManyScript = [
  "local n = #KEYS / 2 redis.call('UNLINK', unpack(KEYS, n + 1, 2 * n))",
  "return redis.call('UNLINK', unpack(KEYS, 1, n))",
].join(" ");

/** For each key its value, how many milliseconds it lives (0 for ever), and in the end whether it must be absent. */
const storeEachScript = [
  "local n = #KEYS / 2 for i = 1, n do redis.call('UNLINK', KEYS[n + i])",
  "local a = {'SET', KEYS[i], ARGV[2 * i - 1]}",
  "if ARGV[2 * i] ~= '0' then a[4] = 'PX' a[5] = ARGV[2 * i] end",
  "if ARGV[#ARGV] == '1' then a[#a + 1] = 'NX' end redis.call(unpack(a)) end",
].join(" ");

/**
 * A new guard, how long it lasts, and when it is left. What is no string is nobody's entry. Anew, the answer has a hash of what
 * is there instead of it.
 */
const readScript = [
  "local v = redis.pcall('GET', KEYS[1])",
  "if type(v) == 'table' then if not string.find(v.err, 'WRONGTYPE', 1, true) then return v end v = false end",
  "if v and ARGV[3] == 'absent' then return {v} end",
  "if ARGV[3] == 'anew' then redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])",
  "return {v and redis.sha1hex(v), ARGV[1]} end",
  "local g = redis.call('GET', KEYS[2])",
  "if g then redis.call('PEXPIRE', KEYS[2], ARGV[2])",
  "else g = ARGV[1] redis.call('SET', KEYS[2], g, 'PX', ARGV[2]) end return {v, g}",
].join(" ");

/**
 * For each key the guard that it must have, its value, how many milliseconds it lives, whether it must be absent (1), or else be
 * an entry with an envelope (2): others, who know of no guards, may have put something there; and the hash of what it is to
 * replace, which goes where the guard is lost. Whoever has changed the key has left something else.
 */
const storeGuardedScript = [
  "local n = #KEYS / 2 for i = 1, n do local k = 5 * i",
  "if redis.call('GET', KEYS[n + i]) == ARGV[k - 4] then redis.call('UNLINK', KEYS[n + i])",
  "local a = {'SET', KEYS[i], ARGV[k - 3]}",
  "if ARGV[k - 2] ~= '0' then a[4] = 'PX' a[5] = ARGV[k - 2] end",
  "local nx = ARGV[k - 1] == '1' or ARGV[k - 1] == '2' and redis.pcall('GETRANGE', KEYS[i], 0, 4) ~= '~c1 f'",
  "if nx then a[#a + 1] = 'NX' end redis.call(unpack(a))",
  "elseif ARGV[k] ~= '' then local v = redis.pcall('GET', KEYS[i])",
  "if type(v) == 'string' and redis.sha1hex(v) == ARGV[k] then redis.call('UNLINK', KEYS[i]) end end end",
].join(" ");

/** A Redis whose changes void guards: whatever changes a key does so in one step with its guard. */
export class GuardedRedis implements GuardedBackend {
  readonly name: string;
  readonly holds: readonly Kind[];
  readonly isShared = true;
  readonly behind: Backend;
  readonly leases: Backend["leases"];
  readonly envelopes: Envelopes | undefined;
  readonly awaitReplicas: Backend["awaitReplicas"];
  readonly #connection: RedisConnection;

  constructor(plain: Backend, connection: RedisConnection) {
    this.name = plain.name;
    this.holds = plain.holds;
    this.behind = plain;
    this.leases = plain.leases;
    this.envelopes = plain.envelopes && this.#voiding(plain.envelopes);
    this.awaitReplicas = plain.awaitReplicas?.bind(plain);
    this.#connection = connection;
  }

  async getGuarded(key: string, as: Kind, guardMs: number, leave: LeaveGuard): Promise<GuardedRead> {
    const read = (client: RedisCommands): Promise<unknown> =>
      client.evalBuffer(readScript, 2, ...this.#withGuards([key]), randomId(), guardMs, leave);
    // The script answers with one or both.
    const [stored, guard] = (await this.#connection.run("read", key, read, (reply) => reply, unavailable)) as Buffer[];
    if (leave === "anew") return { stored: undefined, guard: [guard, stored ?? ""].join(" ") };
    return { stored: readAs(stored, as), guard: guard?.toString() };
  }

  async setGuarded(entries: readonly GuardedEntry[]): Promise<void> {
    const keys = entries.map(({ key }) => key);
    const nowMs = performance.now();
    const args = ({ guard, stored, ttlMs, ifNotExists, isEnveloped = false }: GuardedEntry): readonly Argument[] => {
      const [own = "", replaced = ""] = guard.split(" ");
      const mustBeAbsent = ifNotExists ? (isEnveloped ? 2 : 1) : 0;
      return [own, argument(stored), timeLeft(ttlMs, nowMs) ?? 0, mustBeAbsent, replaced];
    };
    await this.#runScript(
      this.#connection,
      "stored",
      storeGuardedScript,
      keys,
      (indexes) => pick(entries, indexes).flatMap(args),
      storingLimit((index) => entries[index]?.stored),
    );
  }

  ready(): Promise<void> {
    return this.behind.ready();
  }

  get(key: string, as: Kind): Promise<unknown> {
    return this.behind.get(key, as);
  }

  getMany(keys: readonly string[], as: Kind): Promise<unknown[]> {
    return this.behind.getMany(keys, as);
  }

  set(key: string, stored: unknown, { ttlMs, ifNotExists = false }: StoreOptions): Promise<boolean> {
    const life = ttlMs === undefined ? [] : ["PX", timeLeft(ttlMs)];
    const args = ["SET", argument(stored), ...life, ...(ifNotExists ? ["NX"] : [])];
    return this.#change(key, args, (reply) => reply !== null);
  }

  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): Promise<void> {
    return this.setManyEach(
      entries.map(([key, stored]) => [key, stored, ttlMs]),
      false,
    );
  }

  setManyIfAbsent(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    return this.setManyEach(
      entries.map(([key, stored]) => [key, stored, ttlMs]),
      true,
    );
  }

  async setManyEach(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): Promise<void> {
    const keys = entries.map(([key]) => key);
    const nowMs = performance.now();
    await this.#runScript(
      this.#connection,
      "stored",
      storeEachScript,
      keys,
      (indexes) => [
        ...pick(entries, indexes).flatMap(([, stored, ttlMs]) => [argument(stored), timeLeft(ttlMs, nowMs) ?? 0]),
        ifNotExists ? 1 : 0,
      ],
      storingLimit((index) => entries[index]?.[1]),
    );
  }

  /** Makes nothing untrue that is being loaded: it touches only what is there. */
  expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    return this.behind.expireIn(key, ttlMs);
  }

  expireAt(key: string, atMs: number): Promise<boolean> {
    return this.#change(key, ["PEXPIREAT", atMs], (reply) => reply === 1);
  }

  ttl(key: string): Promise<number | "forever" | undefined> {
    return this.behind.ttl(key);
  }

  has(key: string): Promise<boolean> {
    return this.behind.has(key);
  }

  take(key: string, as: Kind): Promise<unknown> {
    return this.#change<unknown>(key, ["GETDEL"], (reply) => readAs(reply, as), missOfWrongType);
  }

  delete(key: string): Promise<boolean> {
    return this.#change(key, ["UNLINK"], (reply) => reply === 1);
  }

  deleteMany(keys: readonly string[]): Promise<number> {
    return this.#deleteMany(this.#connection, keys);
  }

  scan(range: KeyRange): AsyncIterable<readonly string[]> {
    return this.behind.scan(range);
  }

  /** Also what is being loaded, of which nothing is stored yet: its guards are there. */
  async clear(range: KeyRange, options: ClearOptions): Promise<number> {
    const run = new ClearRun(options);
    try {
      const lane = await this.#connection.enterLane();
      for await (const found of keysFrom(lane, range.head)) {
        const entries = found.filter((key) => range.owns(key) && keyOfBeside(key) === undefined);
        // Their loads may have stored since they were found.
        const guarded = options.dryRun === true ? [] : found.flatMap((key) => guardedIn(range, key) ?? []);
        await run.delete([...new Set([...entries, ...guarded])], (batch) => this.#deleteMany(lane, batch));
      }
    } catch (cause) {
      throw clearedUntil(cause, run.count);
    }
    return run.count;
  }

  close(): Promise<void> {
    return this.behind.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Entries with an envelope are changed by scripts of their own: their guards are voided right before. */
  #voiding(envelopes: Envelopes): Envelopes {
    const change = async <T>(keys: readonly string[], run: () => Promise<T>): Promise<T> => {
      // Both are sent at once, to the same server, in this order: no load that began before stores after it.
      const [, changed] = await Promise.all([this.#void(keys), run()]);
      return changed;
    };
    return {
      clock: envelopes.clock,
      head: (key) => envelopes.head(key),
      setUnlessFresh: (key, ...how) => change([key], () => envelopes.setUnlessFresh(key, ...how)),
      setManyUnlessFresh: (entries) =>
        change(
          entries.map(([key]) => key),
          () => envelopes.setManyUnlessFresh(entries),
        ),
      expireIn: (key, ...how) => envelopes.expireIn(key, ...how),
      expireAt: (key, ...how) => change([key], () => envelopes.expireAt(key, ...how)),
      deleteMany: (keys) => change(keys, () => envelopes.deleteMany(keys)),
    };
  }

  #void(keys: readonly string[]): Promise<unknown> {
    for (const key of keys) this.#refuseApart(key);
    return this.behind.deleteMany(keys.map((key) => besideKey(key, "guard")));
  }

  #change<Answer>(
    key: string,
    args: readonly Argument[],
    answer: (reply: unknown) => Answer,
    failed: (cause: unknown) => Answer = unavailable,
  ): Promise<Answer> {
    const send = (client: RedisCommands): Promise<unknown> =>
      client.evalBuffer(changeScript, 2, ...this.#withGuards([key]), ...args);
    return this.#connection.run("write", key, send, answer, failed);
  }

  async #deleteMany(connection: RedisConnection, keys: readonly string[]): Promise<number> {
    const counts = await this.#runScript(connection, "deleted", deleteManyScript, keys, () => []);
    return counts.reduce<number>((sum, count) => sum + Number(count), 0);
  }

  /** Runs a script for many keys, and gives its answers. */
  async #runScript(
    connection: RedisConnection,
    done: string,
    script: string,
    keys: readonly string[],
    argsOf: (indexes: readonly number[]) => readonly Argument[],
    limit?: GroupLimit,
  ): Promise<readonly unknown[]> {
    for (const key of keys) this.#refuseApart(key);
    const answers: unknown[] = [];
    const failed = await runInGroups<unknown>(connection, "write", keys, {
      send: (client, indexes) => {
        const all = this.#withGuards(pick(keys, indexes));
        return client.eval(script, all.length, ...all, ...argsOf(indexes));
      },
      take: (reply) => {
        answers.push(reply);
      },
      ...(limit && { limit }),
    });
    if (failed.length > 0) throw partly(done, keys.length, failed);
    return answers;
  }

  #withGuards(keys: readonly string[]): readonly string[] {
    for (const key of keys) this.#refuseApart(key);
    return [...keys, ...keys.map((key) => besideKey(key, "guard"))];
  }

  /** @throws CachetoryError `INVALID_KEY` where a Cluster has the guard in another slot */
  #refuseApart(key: string): void {
    if (!this.#connection.isCluster || !/[{}]/.test(key) || slotOf(key) === slotOf(besideKey(key, "guard"))) return;
    throw new CachetoryError(
      "INVALID_KEY",
      "A key with braces that are no hash tag cannot be guarded on a Cluster. Write another character into the literal text " +
        "of the key or its prefix, or leave write-back out.",
    );
  }
}

/** The key that a guard is of; `undefined` for what is none, or of others. */
function guardedIn(range: KeyRange, key: string): string | undefined {
  const guarded = keyOfBeside(key);
  return guarded !== undefined && besideKey(guarded, "guard") === key && range.owns(guarded) ? guarded : undefined;
}

function readAs(reply: unknown, as: Kind): unknown {
  if (reply === null || reply === undefined) return undefined;
  // Strings come as Buffers.
  return as === "text" ? (reply as Buffer).toString() : reply;
}
