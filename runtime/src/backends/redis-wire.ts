import { isAscii } from "node:buffer";
import { BufferView, type FastBuffer } from "../serializers/fast-buffer.ts";
import { minLengthInTurns } from "../serializers/in-turns.ts";
import type { BufferLike, CorkableStream, RedisCommands, RedisTransaction } from "./redis-commands.ts";
import { type CommandArgument, SharedText } from "./redis-encoding.ts";
import { commandClassOf, type ReplyForm, type WireCommandClass } from "./redis-wire-command.ts";
import type { TimeLeft } from "./time-left.ts";

/** It is not worth the question below that. Bytes. */
const minAsciiLength = 4096;

const oneText: ReplyForm = { isOfMany: false, readString: asText };
const oneSmallText: ReplyForm = { isOfMany: false, readString: smallAsText };
const oneOfBytes: ReplyForm = { isOfMany: false, readString: asBytes };
const manyTexts: ReplyForm = { isOfMany: true, readString: asText };
const manyBytes: ReplyForm = { isOfMany: true, readString: asBytes };

/** What ends in some time the server first makes into what ends at a time, for each key. Not every user may ask it for the time. */
const expireScript = [
  "local time, command, life = redis.pcall('TIME'), 'PEXPIRE', ARGV[1]",
  "if time[1] then",
  "command, life = 'PEXPIREAT', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + life) end",
  "for i = 1, #KEYS do redis.call(command, KEYS[i], life) end",
].join(" ");

const wired = new WeakMap<RedisCommands, RedisCommands>();

/**
 * The commands of a client, put together here: what ioredis does to a command before it is sent and once it is answered
 * takes longer than all the rest, and twice as long where a value is a Buffer. From there they go the client's way: through
 * its `sendCommand`, in its queue, by its slots. The client itself where it has options that only its own commands keep,
 * and where it sends no commands of ioredis' shape.
 */
export function wireCommands(client: RedisCommands): RedisCommands {
  let commands = wired.get(client);
  if (commands === undefined) {
    const Command = needsItsOwn(client) ? undefined : commandClassOf(client);
    commands = Command === undefined ? client : new WireCommands(client, Command);
    wired.set(client, commands);
  }
  return commands;
}

class WireCommands implements RedisCommands {
  readonly #client: RedisCommands;
  readonly #Command: WireCommandClass;

  constructor(client: RedisCommands, Command: WireCommandClass) {
    this.#client = client;
    this.#Command = Command;
  }

  get stream(): CorkableStream | undefined {
    return this.#client.stream;
  }

  get slots(): RedisCommands["slots"] {
    return this.#client.slots;
  }

  get status(): string | undefined {
    return this.#client.status;
  }

  get options(): RedisCommands["options"] {
    return this.#client.options;
  }

  get nodes(): RedisCommands["nodes"] {
    return this.#client.nodes && ((role) => this.#client.nodes?.(role).map(wireCommands) ?? []);
  }

  get refreshSlotsCache(): RedisCommands["refreshSlotsCache"] {
    return this.#client.refreshSlotsCache?.bind(this.#client);
  }

  get cluster(): RedisCommands["cluster"] {
    return this.#client.cluster?.bind(this.#client);
  }

  get duplicate(): RedisCommands["duplicate"] {
    return this.#client.duplicate?.bind(this.#client);
  }

  get(key: string): Promise<string | null> {
    return this.#send("get", [key], [key], oneText);
  }

  getLargeAsBytes(key: string): Promise<string | Uint8Array | null> {
    return this.#send("get", [key], [key], oneSmallText);
  }

  getBuffer(key: string): Promise<Uint8Array | null> {
    return this.#send("get", [key], [key], oneOfBytes);
  }

  mget(keys: readonly string[]): Promise<(string | null)[]> {
    return this.#send("mget", keys, keys, manyTexts);
  }

  mgetBuffer(keys: readonly string[]): Promise<(Uint8Array | null)[]> {
    return this.#send("mget", keys, keys, manyBytes);
  }

  set(
    key: string,
    value: string | BufferLike,
    ...options: readonly (string | number | TimeLeft)[]
  ): Promise<string | null> {
    return this.#send("set", [key], [key, value, ...options], oneText);
  }

  mset(...keysAndValues: readonly (string | BufferLike)[]): Promise<string> {
    return this.#send("mset", firstOfPairs(keysAndValues), keysAndValues, oneText);
  }

  msetex(count: number, ...rest: readonly CommandArgument[]): Promise<number> {
    return this.#send("msetex", firstOfPairs(rest.slice(0, 2 * count)), [count, ...rest]);
  }

  eval(script: string, keyCount: number, ...keysAndArguments: readonly CommandArgument[]): Promise<unknown> {
    // The keys come first, and are text.
    const keys = keysAndArguments.slice(0, keyCount) as string[];
    return this.#send("eval", keys, [script, keyCount, ...keysAndArguments]);
  }

  evalBuffer(script: string, keyCount: number, ...keysAndArguments: readonly CommandArgument[]): Promise<unknown> {
    return this.eval(script, keyCount, ...keysAndArguments);
  }

  async hasTransactions(): Promise<boolean> {
    const sent = await Promise.allSettled([this.#send("multi", [], []), this.#send("exec", [], [])]);
    return sent.every(({ status }) => status === "fulfilled");
  }

  msetAndExpire(pairs: readonly (readonly [string, string | BufferLike])[], life: TimeLeft): Promise<unknown> {
    const keys = pairs.map(([key]) => key);
    const texts: SharedText[] = [];
    const textsAndValues: CommandArgument[] = [];
    for (const [key, value] of pairs) {
      const text = new SharedText(key);
      texts.push(text);
      textsAndValues.push(text, value);
    }
    const sent = [
      this.#send("multi", [], []),
      this.#send("mset", keys, textsAndValues),
      this.#send("eval", keys, [expireScript, keys.length, ...texts, life]),
      this.#send<unknown>("exec", [], []),
    ] as const;
    return this.#executed(keys, Promise.allSettled(sent));
  }

  unlink(...keys: readonly string[]): Promise<number> {
    return this.#send("unlink", keys, keys);
  }

  pexpire(key: string, ttlMs: number): Promise<number> {
    return this.#send("pexpire", [key], [key, ttlMs]);
  }

  getdel(key: string): Promise<string | null> {
    return this.#client.getdel(key);
  }

  getdelBuffer(key: string): Promise<Uint8Array | null> {
    return this.#client.getdelBuffer(key);
  }

  getrange(key: string, start: number, end: number): Promise<string> {
    return this.#client.getrange(key, start, end);
  }

  time(): Promise<[seconds: string, microseconds: string]> {
    return this.#client.time();
  }

  pexpireat(key: string, atMs: number): Promise<number> {
    return this.#client.pexpireat(key, atMs);
  }

  pttl(key: string): Promise<number> {
    return this.#send("pttl", [key], [key]);
  }

  type(key: string): Promise<string> {
    return this.#client.type(key);
  }

  scan(cursor: string, ...options: readonly (string | number)[]): Promise<[next: string, keys: string[]]> {
    return this.#client.scan(cursor, ...options);
  }

  wait(replicas: number, timeoutMs: number): Promise<number> {
    return this.#client.wait?.(replicas, timeoutMs) ?? Promise.reject(new Error("the client has no WAIT"));
  }

  multi(): RedisTransaction {
    return this.#client.multi();
  }

  publish(channel: string, message: string): Promise<number> {
    return this.#client.publish(channel, message);
  }

  ping(): Promise<string> {
    return this.#client.ping();
  }

  quit(): Promise<string> {
    return this.#client.quit();
  }

  disconnect(reconnect?: boolean): void {
    this.#client.disconnect(reconnect);
  }

  /** What a transaction that stores under these keys has become. */
  async #executed(
    keys: readonly string[],
    sent: Promise<readonly PromiseSettledResult<unknown>[]>,
  ): Promise<readonly unknown[]> {
    const results = await sent;
    const [begun, stored, , done] = results;
    // Where it may begin no transaction any more, what should have been one may live for ever.
    if (begun?.status === "rejected" && stored?.status === "fulfilled") await this.unlink(...keys);
    // The last one says only that another was refused.
    for (const each of results) if (each.status === "rejected") throw each.reason;
    const replies = done?.status === "fulfilled" && Array.isArray(done.value) ? done.value : [];
    for (const reply of replies) {
      if (!(reply instanceof Error)) continue;
      // One of its commands was refused, and the others were not: so it may be here.
      await this.unlink(...keys);
      throw reply;
    }
    return replies;
  }

  #send<Reply>(
    name: string,
    keys: readonly string[],
    args: readonly CommandArgument[],
    form?: ReplyForm,
  ): Promise<Reply> {
    const command = new this.#Command<Reply>(name, keys, args, form);
    (this.#client as unknown as CommandSender).sendCommand(command);
    return command.promise;
  }
}

interface CommandSender {
  sendCommand(command: object): unknown;
}

function needsItsOwn({ options = {} }: { readonly options?: object | undefined }): boolean {
  const { redisOptions = {} } = options as { readonly redisOptions?: object };
  return ["enableAutoPipelining", "commandTimeout", "showFriendlyErrorStack"].some(
    (option) => Reflect.get(options, option) || Reflect.get(redisOptions, option),
  );
}

function asText(bytes: FastBuffer, start: number, end: number): string {
  // Node 20 takes seven times as long to make text of UTF-8, of which most is ASCII.
  const isLatin1 = end - start >= minAsciiLength && isAscii(bytes.subarray(start, end));
  return isLatin1 ? bytes.latin1Slice(start, end) : bytes.utf8Slice(start, end);
}

function asBytes(bytes: FastBuffer, start: number, end: number): Uint8Array {
  if (start === 0 && end === bytes.length) return bytes;
  // A socket's bytes are shared with no thread.
  return new BufferView(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, end - start);
}

function smallAsText(bytes: FastBuffer, start: number, end: number): string | Uint8Array {
  return end - start >= minLengthInTurns ? asBytes(bytes, start, end) : asText(bytes, start, end);
}

function firstOfPairs(keysAndValues: readonly CommandArgument[]): string[] {
  // The first of each two is a key.
  return keysAndValues.filter((_, index) => index % 2 === 0) as string[];
}
