import { createHash } from "node:crypto";
import { compileScript, LuaError, LuaTable, type LuaValue, type Script } from "./lua.ts";

/** A reply of Redis as clients give it: status replies are text. */
export type Reply = null | number | string | readonly Reply[];

/** What a server answers that refuses a command. */
export class ReplyError extends Error {
  override readonly name = "ReplyError";
}

interface Entry {
  readonly type: "string" | "list";
  value: string;
  /** Milliseconds since 1970; infinite for ever. */
  expiresAtMs: number;
}

type Argument = string | number;

const wrongType = "WRONGTYPE Operation against a key holding the wrong kind of value";

/** By their text; made once for all servers. */
const scripts = new Map<string, Script>();

/**
 * A Redis of one server as far as the runtime uses it: text and lists, expiry, scripts in Lua. A test compares it with the
 * real one. Commands that it does not know it refuses as a server does that is too old for them.
 */
export class RedisModel {
  readonly #entries = new Map<string, Entry>();
  readonly #nowMs: () => number;
  readonly #changed: (key: string | undefined) => void;
  readonly #stored: (key: string, value: string, replaced: string | undefined) => void;

  /**
   * @param nowMs - the clock of the server, in milliseconds since 1970
   * @param changed - is told of every key that is written, deleted, evicted or expires; of all keys at once with `undefined`
   * @param stored - is told of every text that is stored, and of what was there
   */
  constructor(
    nowMs: () => number,
    changed: (key: string | undefined) => void = () => {},
    stored: (key: string, value: string, replaced: string | undefined) => void = () => {},
  ) {
    this.#nowMs = nowMs;
    this.#changed = changed;
    this.#stored = stored;
  }

  /** The keys there are, expired ones left out. */
  get keys(): readonly string[] {
    return [...this.#entries.keys()].filter((key) => this.#live(key) !== undefined);
  }

  /** As a server that needs room does. */
  evict(key: string): void {
    if (this.#entries.delete(key)) this.#changed(key);
  }

  /** Deletes what has expired, as a server does now and then. */
  expire(): void {
    for (const key of [...this.#entries.keys()]) this.#live(key);
  }

  /** @throws ReplyError */
  run(name: string, args: readonly Argument[]): Reply {
    const command = commands[name.toLowerCase()];
    if (command === undefined) {
      throw new ReplyError(
        `ERR unknown command '${name}', with args beginning with: ${args.map((arg) => `'${arg}' `).join("")}`,
      );
    }
    return command(this, args.map(String));
  }

  /** @throws ReplyError */
  get(key: string): string | undefined {
    const entry = this.#live(key);
    if (entry?.type === "list") throw new ReplyError(wrongType);
    return entry?.value;
  }

  typeOf(key: string): "string" | "list" | "none" {
    return this.#live(key)?.type ?? "none";
  }

  /** @param lifeMs - `undefined` for ever */
  set(key: string, value: string, lifeMs?: number): void {
    const expiresAtMs = lifeMs === undefined ? Number.POSITIVE_INFINITY : this.#now() + lifeMs;
    const replaced = this.#live(key)?.value;
    this.#entries.set(key, { type: "string", value, expiresAtMs });
    this.#stored(key, value, replaced);
    this.#changed(key);
  }

  push(key: string): void {
    this.#entries.set(key, { type: "list", value: "", expiresAtMs: Number.POSITIVE_INFINITY });
    this.#changed(key);
  }

  /** In place: the expiry stays. */
  replace(key: string, value: string): void {
    const entry = this.#live(key);
    if (entry === undefined) this.set(key, value);
    else {
      entry.value = value;
      this.#changed(key);
    }
  }

  delete(key: string): boolean {
    if (this.#live(key) === undefined) return false;
    this.#entries.delete(key);
    this.#changed(key);
    return true;
  }

  /** Whether there was an entry; the past deletes it. */
  expireAt(key: string, atMs: number): boolean {
    const entry = this.#live(key);
    if (entry === undefined) return false;
    if (atMs <= this.#now()) return this.delete(key);
    entry.expiresAtMs = atMs;
    this.#changed(key);
    return true;
  }

  persist(key: string): boolean {
    const entry = this.#live(key);
    if (entry === undefined || entry.expiresAtMs === Number.POSITIVE_INFINITY) return false;
    entry.expiresAtMs = Number.POSITIVE_INFINITY;
    this.#changed(key);
    return true;
  }

  /** As PTTL answers. */
  leftMs(key: string): number {
    const entry = this.#live(key);
    if (entry === undefined) return -2;
    return entry.expiresAtMs === Number.POSITIVE_INFINITY ? -1 : Math.max(0, entry.expiresAtMs - this.#now());
  }

  flush(): void {
    this.#entries.clear();
    this.#changed(undefined);
  }

  /** Seconds since 1970, and microseconds. */
  time(): readonly [string, string] {
    const nowMs = this.#nowMs();
    return [String(Math.floor(nowMs / 1000)), String(Math.floor((nowMs % 1000) * 1000))];
  }

  expireIn(key: string, lifeMs: number): boolean {
    return this.expireAt(key, this.#now() + lifeMs);
  }

  /** @throws ReplyError */
  eval(text: string, keys: readonly string[], args: readonly string[]): Reply {
    let script = scripts.get(text);
    if (script === undefined) {
      script = compileScript(text);
      scripts.set(text, script);
    }
    const call = (name: LuaValue, ...given: LuaValue[]): LuaValue => {
      if (given.some((arg) => typeof arg !== "string" && typeof arg !== "number")) {
        throw new ReplyError("ERR Lua redis lib command arguments must be strings or integers");
      }
      // As Lua prints numbers, which here are whole.
      return toLua(this.run(String(name), given as Argument[]));
    };
    const redis = new LuaTable();
    redis.set("call", call);
    redis.set("sha1hex", (text) => createHash("sha1").update(String(text)).digest("hex"));
    redis.set("pcall", (...given) => {
      const [name, ...rest] = given;
      try {
        return call(name, ...rest);
      } catch (cause) {
        if (cause instanceof ReplyError) return errorTable(cause.message);
        throw cause;
      }
    });
    try {
      return fromLua(script({ redis, KEYS: LuaTable.of(keys), ARGV: LuaTable.of(args) }));
    } catch (cause) {
      if (cause instanceof LuaError) throw new ReplyError(`ERR ${cause.message}`);
      throw cause;
    }
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    // Redis keeps an entry through the millisecond in which it ends.
    if (entry === undefined || this.#now() <= entry.expiresAtMs) return entry;
    this.#entries.delete(key);
    this.#changed(key);
    return undefined;
  }

  #now(): number {
    return Math.floor(this.#nowMs());
  }
}

type Command = (redis: RedisModel, args: readonly string[]) => Reply;

const commands: Readonly<Record<string, Command>> = {
  ping: () => "PONG",
  info: () => "redis_version:7.0.15\r\nloading:0\r\nrole:master\r\n",
  time: (redis) => redis.time(),
  get: (redis, [key = ""]) => redis.get(key) ?? null,
  mget: (redis, keys) => keys.map((key) => (redis.typeOf(key) === "string" ? (redis.get(key) ?? null) : null)),
  getdel: (redis, [key = ""]) => {
    const value = redis.get(key) ?? null;
    redis.delete(key);
    return value;
  },
  getrange: (redis, [key = "", start, end]) => (redis.get(key) ?? "").slice(Number(start), Number(end) + 1),
  setrange: (redis, [key = "", offset, part = ""]) => {
    const value = (redis.get(key) ?? "").padEnd(Number(offset), "\0");
    const changed = value.slice(0, Number(offset)) + part + value.slice(Number(offset) + part.length);
    redis.replace(key, changed);
    return changed.length;
  },
  set: (redis, [key = "", value = "", ...options]) => {
    const { lifeMs, isForAbsent } = setOptions(options);
    if (isForAbsent && redis.typeOf(key) !== "none") return null;
    redis.set(key, value, lifeMs);
    return "OK";
  },
  mset: (redis, pairs) => {
    for (let index = 0; index < pairs.length; index += 2) redis.set(pairs[index] ?? "", pairs[index + 1] ?? "");
    return "OK";
  },
  rpush: (redis, [key = ""]) => {
    if (redis.typeOf(key) === "string") throw new ReplyError(wrongType);
    redis.push(key);
    return 1;
  },
  exists: (redis, keys) => keys.filter((key) => redis.typeOf(key) !== "none").length,
  type: (redis, [key = ""]) => redis.typeOf(key),
  unlink: (redis, keys) => keys.filter((key) => redis.delete(key)).length,
  del: (redis, keys) => keys.filter((key) => redis.delete(key)).length,
  pexpire: (redis, [key = "", lifeMs]) => Number(redis.expireIn(key, whole(lifeMs))),
  pexpireat: (redis, [key = "", atMs]) => Number(redis.expireAt(key, whole(atMs))),
  persist: (redis, [key = ""]) => Number(redis.persist(key)),
  pttl: (redis, [key = ""]) => redis.leftMs(key),
  // All at once: a table that does not change is scanned in so many steps as COUNT says, here of more than there are.
  scan: (redis, [, , pattern = "*"]) => {
    const head = pattern.slice(0, -1).replace(/\\(.)/g, "$1");
    return ["0", redis.keys.filter((key) => key.startsWith(head) && redis.typeOf(key) === "string")];
  },
  flushall: (redis) => {
    redis.flush();
    return "OK";
  },
  eval: (redis, [script = "", count, ...rest]) =>
    redis.eval(script, rest.slice(0, Number(count)), rest.slice(Number(count))),
};

function setOptions(options: readonly string[]): { lifeMs: number | undefined; isForAbsent: boolean } {
  let lifeMs: number | undefined;
  let isForAbsent = false;
  for (let index = 0; index < options.length; index += 1) {
    const option = (options[index] ?? "").toUpperCase();
    if (option === "NX") isForAbsent = true;
    else if (option === "PX") {
      index += 1;
      lifeMs = whole(options[index]);
      if (lifeMs <= 0) throw new ReplyError("ERR invalid expire time in 'set' command");
    } else throw new ReplyError("ERR syntax error");
  }
  return { lifeMs, isForAbsent };
}

function whole(text: string | undefined): number {
  if (text === undefined || !/^-?\d+$/.test(text)) throw new ReplyError("ERR value is not an integer or out of range");
  return Number(text);
}

/** What Redis makes of replies for scripts. */
function toLua(reply: Reply): LuaValue {
  if (reply === null) return false;
  if (typeof reply === "object") return LuaTable.of(reply.map(toLua));
  return reply;
}

/** And of what scripts return. */
function fromLua(value: LuaValue): Reply {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "string") return value;
  if (value === true) return 1;
  if (!(value instanceof LuaTable)) return null;
  const error = value.get("err");
  if (error !== undefined) throw new ReplyError(String(error));
  return value.items.map(fromLua);
}

function errorTable(message: string): LuaTable {
  const table = new LuaTable();
  table.set("err", message);
  return table;
}
