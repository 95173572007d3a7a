import type { BufferLike, CorkableStream, RedisCommands, RedisTransaction } from "./redis-commands.ts";
import { type CommandArgument, encodeCommand } from "./redis-encoding.ts";
import { asIs } from "./redis-errors.ts";

/** A command of the class that a client sends. */
type WireCommandClass = new <Reply>(
  name: string,
  keys: readonly string[],
  args: readonly CommandArgument[],
  read: (reply: unknown) => Reply,
) => { readonly promise: Promise<Reply> };

const wired = new WeakMap<RedisCommands, RedisCommands>();
/** By the class of the client's own commands. */
const commandClasses = new WeakMap<object, WireCommandClass>();

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

  get options(): RedisCommands["options"] {
    return this.#client.options;
  }

  get nodes(): RedisCommands["nodes"] {
    return this.#client.nodes && ((role) => this.#client.nodes?.(role).map(wireCommands) ?? []);
  }

  get cluster(): RedisCommands["cluster"] {
    return this.#client.cluster?.bind(this.#client);
  }

  get(key: string): Promise<string | null> {
    return this.#send("get", [key], [key], textOrNull);
  }

  getBuffer(key: string): Promise<Uint8Array | null> {
    return this.#send("get", [key], [key]);
  }

  mget(keys: readonly string[]): Promise<(string | null)[]> {
    return this.#send("mget", keys, keys, textsOrNulls);
  }

  mgetBuffer(keys: readonly string[]): Promise<(Uint8Array | null)[]> {
    return this.#send("mget", keys, keys);
  }

  set(key: string, value: string | BufferLike, ...options: readonly (string | number)[]): Promise<string | null> {
    return this.#send("set", [key], [key, value, ...options], textOrNull);
  }

  mset(...keysAndValues: readonly (string | BufferLike)[]): Promise<string> {
    return this.#send("mset", firstOfPairs(keysAndValues), keysAndValues);
  }

  msetex(count: number, ...rest: readonly CommandArgument[]): Promise<number> {
    return this.#send("msetex", firstOfPairs(rest.slice(0, 2 * count)), [count, ...rest]);
  }

  eval(script: string, keyCount: number, ...keysAndArguments: readonly CommandArgument[]): Promise<unknown> {
    // The keys come first, and are text.
    const keys = keysAndArguments.slice(0, keyCount) as string[];
    return this.#send("eval", keys, [script, keyCount, ...keysAndArguments]);
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

  pexpireat(key: string, atMs: number): Promise<number> {
    return this.#client.pexpireat(key, atMs);
  }

  pttl(key: string): Promise<number> {
    return this.#client.pttl(key);
  }

  type(key: string): Promise<string> {
    return this.#client.type(key);
  }

  scan(cursor: string, ...options: readonly (string | number)[]): Promise<[next: string, keys: string[]]> {
    return this.#client.scan(cursor, ...options);
  }

  multi(): RedisTransaction {
    return this.#client.multi();
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

  #send<Reply>(
    name: string,
    keys: readonly string[],
    args: readonly CommandArgument[],
    // Where nothing is said, the reply is what the protocol says of the command.
    read = asIs as (reply: unknown) => Reply,
  ): Promise<Reply> {
    const command = new this.#Command(name, keys, args, read);
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

/** `undefined` where the client sends nothing that looks like a command. */
function commandClassOf(client: RedisCommands): WireCommandClass | undefined {
  const prototype = commandPrototypeOf(client);
  if (prototype === undefined) return undefined;
  let Command = commandClasses.get(prototype);
  if (Command === undefined) {
    Command = commandClassOn(prototype);
    commandClasses.set(prototype, Command);
  }
  return Command;
}

/** Of a command that is made, and caught before it is sent: no client of ioredis' shape hands out the class. */
function commandPrototypeOf(client: RedisCommands): object | undefined {
  let caught: unknown;
  const catcher = {
    value(command: unknown) {
      caught = command;
    },
  };
  try {
    const asker: RedisCommands = Object.create(client, { sendCommand: catcher });
    asker.ping();
  } catch {
    return undefined;
  }
  const isCommand = ["toWritable", "getKeys", "getSlot"].every(
    (method) => typeof caught === "object" && caught !== null && typeof Reflect.get(caught, method) === "function",
  );
  return isCommand ? Object.getPrototypeOf(caught) : undefined;
}

/** It inherits what a client asks of a command beside its bytes, such as its slot. */
function commandClassOn(prototype: object): WireCommandClass {
  class WireCommand<Reply> {
    readonly name: string;
    readonly keys: readonly string[];
    readonly args: readonly CommandArgument[];
    readonly promise: Promise<Reply>;
    // As the client's own: others may wrap them, such as a tracer, and call them without the command.
    resolve!: (reply: unknown) => void;
    reject!: (cause: unknown) => void;
    isSettled = false;
    isResolved = false;
    isTraced = false;
    inTransaction = false;

    constructor(
      name: string,
      keys: readonly string[],
      args: readonly CommandArgument[],
      read: (reply: unknown) => Reply,
    ) {
      this.name = name;
      this.keys = keys;
      this.args = args;
      this.promise = new Promise<Reply>((resolve, reject) => {
        this.resolve = (reply) => {
          this.isSettled = true;
          this.isResolved = true;
          resolve(read(reply));
        };
        this.reject = (cause) => {
          this.isSettled = true;
          reject(cause);
        };
      });
    }

    toWritable(): string | Buffer {
      return encodeCommand(this.name, this.args);
    }
  }
  Object.setPrototypeOf(WireCommand.prototype, prototype);
  return WireCommand;
}

function textOrNull(reply: unknown): string | null {
  // Strings come as Buffers.
  return reply === null ? null : (reply as Buffer).toString();
}

function textsOrNulls(replies: unknown): (string | null)[] {
  return (replies as unknown[]).map(textOrNull);
}

function firstOfPairs(keysAndValues: readonly CommandArgument[]): string[] {
  // The first of each two is a key.
  return keysAndValues.filter((_, index) => index % 2 === 0) as string[];
}
