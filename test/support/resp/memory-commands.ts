import { given, integer, keyText, pairsOf, positive } from "./arguments.ts";
import { globPattern } from "./glob-pattern.ts";
import { Keyspace } from "./keyspace.ts";
import { ok, type Reply } from "./reply.ts";
import type { RespScript } from "./resp-server.ts";
import { type StoreRule, storeRule } from "./store-rule.ts";
import { type RespCommand, withTransactions } from "./transactions.ts";

/** What the server can do, and refuses to do. */
export interface MemoryCommandsOptions {
  /** Whether it knows MSETEX, as Redis does from 8.4 on. Default `false`. */
  readonly msetex?: boolean;
  /** Whether EVAL does what the backend's scripts say: each key is set by itself, as the one SET in them is written. Default `true`. */
  readonly scripts?: boolean;
}

/**
 * The commands of strings, kept in memory: what a backend sends, answered as a Redis answers.
 *
 * @example
 * ```ts
 * const server = await startRespServer(memoryCommands({ msetex: true }), { server: "redis", version: "8.4.0" });
 * ```
 */
export function memoryCommands({ msetex = false, scripts = true }: MemoryCommandsOptions = {}): RespScript {
  const keyspace = new Keyspace();
  const commands = new Map<string, RespCommand>([
    ...valueCommands(keyspace),
    ...expiryCommands(keyspace),
    ["SCAN", (args) => scan(keyspace, args)],
    ["EVAL", () => new Error("NOPERM User default has no permissions to run the 'eval' command")],
  ]);
  if (scripts) {
    commands.set("EVAL", ([script, numkeys, ...args]) => {
      const keys = args.slice(0, positive(numkeys));
      const values = args.slice(keys.length);
      // Each with a lifetime of its own, and in the end whether it must be absent.
      if (String(script).includes("ARGV[#ARGV]")) return storeEach(keyspace, keys, values);
      const ttl = String(script).includes("'PX'") ? [Buffer.from("PX"), given(values.shift())] : [];
      const condition = String(script).includes("'NX'") ? [Buffer.from("NX")] : [];
      for (const [index, key] of keys.entries()) {
        storeAll(keyspace, [[key, given(values[index])]], storeRule([...ttl, ...condition]));
      }
      return null;
    });
  }
  if (msetex) {
    commands.set("MSETEX", ([numkeys, ...args]) => {
      const length = 2 * positive(numkeys);
      return storeAll(keyspace, pairsOf(args.slice(0, length)), storeRule(args.slice(length))) ? 1 : 0;
    });
  }
  commands.set("COMMAND", ([verb, ...names]) => {
    if (String(verb).toUpperCase() !== "INFO") return new Error(`unknown subcommand '${verb}'`);
    return names.map((name) => (commands.has(String(name).toUpperCase()) ? [String(name).toLowerCase(), -2] : null));
  });
  return withTransactions(commands);
}

function storeEach(keyspace: Keyspace, keys: readonly Buffer[], values: readonly Buffer[]): null {
  const condition = String(values.at(-1)) === "1" ? [Buffer.from("NX")] : [];
  for (const [index, key] of keys.entries()) {
    const lifeMs = given(values[2 * index + 1]);
    const life = String(lifeMs) === "0" ? [] : [Buffer.from("PX"), lifeMs];
    storeAll(keyspace, [[key, given(values[2 * index])]], storeRule([...life, ...condition]));
  }
  return null;
}

function valueCommands(keyspace: Keyspace): Iterable<[string, RespCommand]> {
  const read = (key: Buffer | undefined): Buffer | null => keyspace.get(keyText(key))?.value ?? null;
  const has = (key: Buffer | undefined): boolean => keyspace.get(keyText(key)) !== undefined;
  const remove = (key: Buffer | undefined): boolean => keyspace.delete(keyText(key));
  return Object.entries<RespCommand>({
    GET: ([key]) => read(key),
    MGET: (keys) => keys.map(read),
    SET: ([key, value, ...rule]) => {
      return storeAll(keyspace, [[given(key), given(value)]], storeRule(rule)) ? ok : null;
    },
    MSET: (args) => (storeAll(keyspace, pairsOf(args), storeRule([])) ? ok : null),
    GETDEL: ([key]) => {
      const value = read(key);
      remove(key);
      return value;
    },
    UNLINK: (keys) => keys.filter(remove).length,
    EXISTS: (keys) => keys.filter(has).length,
    TYPE: ([key]) => ({ status: has(key) ? "string" : "none" }),
  });
}

function expiryCommands(keyspace: Keyspace): Iterable<[string, RespCommand]> {
  const expire = (key: Buffer | undefined, expiresAtMs: number): number => {
    const stored = keyspace.get(keyText(key));
    if (stored !== undefined) keyspace.set(keyText(key), stored.value, expiresAtMs);
    return stored === undefined ? 0 : 1;
  };
  return Object.entries<RespCommand>({
    PEXPIRE: ([key, ms]) => expire(key, Date.now() + integer(ms)),
    PEXPIREAT: ([key, ms]) => expire(key, integer(ms)),
    PERSIST: ([key]) => {
      const hasExpiry = Number.isFinite(keyspace.get(keyText(key))?.expiresAtMs);
      return hasExpiry ? expire(key, Number.POSITIVE_INFINITY) : 0;
    },
    PTTL: ([key]) => {
      const stored = keyspace.get(keyText(key));
      if (stored === undefined) return -2;
      return Number.isFinite(stored.expiresAtMs) ? stored.expiresAtMs - Date.now() : -1;
    },
  });
}

/** All, or none where the condition does not hold for one of them. */
function storeAll(keyspace: Keyspace, pairs: readonly (readonly [Buffer, Buffer])[], rule: StoreRule): boolean {
  const stored = pairs.map(([key, value]) => ({ key: keyText(key), value }));
  const { condition, expiresAtMs, keepTtl } = rule;
  const isHindered = ({ key }: { readonly key: string }): boolean =>
    condition !== undefined && (keyspace.get(key) !== undefined) !== (condition === "XX");
  if (stored.some(isHindered)) return false;
  for (const { key, value } of stored) {
    const keptMs = keepTtl ? keyspace.get(key)?.expiresAtMs : undefined;
    keyspace.set(key, value, keptMs ?? expiresAtMs);
  }
  return true;
}

function scan(keyspace: Keyspace, [cursor, ...options]: readonly Buffer[]): Reply {
  let pattern = "*";
  let count = 10;
  let type = "string";
  for (const [option, value] of pairsOf(options)) {
    const word = String(option).toUpperCase();
    if (word === "MATCH") pattern = keyText(value);
    else if (word === "COUNT") count = positive(value);
    else if (word === "TYPE") type = String(value).toLowerCase();
    else throw new Error("syntax error");
  }
  const { next, keys } = keyspace.scan(integer(cursor), count);
  const isMatch = globPattern(pattern);
  const found = type === "string" ? keys.filter((key) => isMatch.test(key)) : [];
  return [String(next), found.map((key) => Buffer.from(key, "latin1"))];
}
