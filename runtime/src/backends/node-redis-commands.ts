import type { NodeRedisClient } from "./redis-client.ts";
import type { BufferLike, RedisCommands, RedisTransaction } from "./redis-commands.ts";
import { TimeLeft } from "./time-left.ts";

type Argument = string | number | BufferLike | TimeLeft;

/** How replies are read: strings as text, or as bytes. A timer for each command would make the client four times slower. */
const asText = { timeout: undefined, typeMapping: {} };
/** 36 is `$`, the type of a bulk string. */
const asBytes = { timeout: undefined, typeMapping: { 36: Buffer } };

/** The commands of a client of node-redis in the shape of ioredis'. */
export function nodeRedisCommands(client: NodeRedisClient): RedisCommands {
  // The forms that every version of node-redis has had since 5.
  const { sendCommand, multi } = client as unknown as {
    sendCommand(args: readonly (string | BufferLike)[], options: object): Promise<unknown>;
    multi(): NodeRedisMulti;
  };
  const send = <Reply>(options: object, ...args: readonly Argument[]): Promise<Reply> =>
    // The reply is what the protocol says of the command.
    sendCommand.call(client, args.map(text), options) as Promise<Reply>;
  return {
    get: (key) => send(asText, "GET", key),
    getBuffer: (key) => send(asBytes, "GET", key),
    getdel: (key) => send(asText, "GETDEL", key),
    getdelBuffer: (key) => send(asBytes, "GETDEL", key),
    mget: (keys) => send(asText, "MGET", ...keys),
    mgetBuffer: (keys) => send(asBytes, "MGET", ...keys),
    set: (key, value, ...options) => send(asText, "SET", key, value, ...options),
    getrange: (key, start, end) => send(asText, "GETRANGE", key, start, end),
    time: () => send(asText, "TIME"),
    mset: (...keysAndValues) => send(asText, "MSET", ...keysAndValues),
    msetex: (...args) => send(asText, "MSETEX", ...args),
    eval: (...args) => send(asText, "EVAL", ...args),
    evalBuffer: (...args) => send(asBytes, "EVAL", ...args),
    pexpire: (key, ttlMs) => send(asText, "PEXPIRE", key, ttlMs),
    pexpireat: (key, atMs) => send(asText, "PEXPIREAT", key, atMs),
    pttl: (key) => send(asText, "PTTL", key),
    type: (key) => send(asText, "TYPE", key),
    unlink: (...keys) => send(asText, "UNLINK", ...keys),
    scan: (cursor, ...options) => send(asText, "SCAN", cursor, ...options),
    publish: (channel, message) => send(asText, "PUBLISH", channel, message),
    ping: () => send(asText, "PING"),
    quit: () => send(asText, "QUIT"),
    disconnect() {},
    multi: () => transaction(multi.call(client)),
  };
}

interface NodeRedisMulti {
  addCommand(args: readonly string[]): unknown;
  exec(): Promise<unknown[]>;
}

function transaction(multi: NodeRedisMulti): RedisTransaction {
  return {
    exists: (key) => multi.addCommand(["EXISTS", key]),
    persist: (key) => multi.addCommand(["PERSIST", key]),
    exec: async () => (await multi.exec()).map((result) => [result instanceof Error ? result : null, result]),
  };
}

function text(argument: Argument): string | BufferLike {
  return typeof argument === "number" || argument instanceof TimeLeft ? String(argument) : argument;
}
