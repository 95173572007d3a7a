import { asBuffer } from "../serializers/fast-buffer.ts";
import { BytesOfPiece, forgetPiece, returnPiece } from "./command-memory.ts";
import type { RedisCommands } from "./redis-commands.ts";
import { type CommandArgument, encodeCommand } from "./redis-encoding.ts";
import { type AskedCommand, ofAnotherKind, type ReadString } from "./reply-reader.ts";

/**
 * Makes commands that a client can send. `keys` are those among `args`, by which a Cluster finds the server. Without a form the reply
 * is what the client makes of it.
 */
export type WireCommandClass = new <Reply>(
  name: string,
  keys: readonly string[],
  args: readonly CommandArgument[],
  form: ReplyForm | undefined,
) => { readonly promise: Promise<Reply> };

/** What a command expects: a string or `null`, or one for each of its keys. */
export interface ReplyForm {
  readonly isOfMany: boolean;
  readonly readString: ReadString;
}

/** By the class of the client's own commands. */
const commandClasses = new WeakMap<object, WireCommandClass>();

/**
 * A class of commands that the client takes for its own, and that do no more than they must: they are bytes on their way to
 * the server, and what their form makes of the answer. `undefined` where the client sends nothing that looks like a command.
 */
export function commandClassOf(client: RedisCommands): WireCommandClass | undefined {
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
    // What is caught is never answered; what a client of another make does with it is of no interest.
    Promise.resolve(asker.ping()).catch(() => {});
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
  class WireCommand<Reply> implements AskedCommand {
    readonly name: string;
    readonly keys: readonly string[];
    readonly args: readonly CommandArgument[];
    readonly readString: ReadString | undefined;
    readonly promise: Promise<Reply>;
    // As the client's own: others may wrap them, such as a tracer, and call them without the command.
    resolve!: (reply: unknown) => void;
    reject!: (cause: unknown) => void;
    isSettled = false;
    isResolved = false;
    isTraced = false;
    inTransaction = false;
    #bytes: BytesOfPiece | undefined;

    constructor(name: string, keys: readonly string[], args: readonly CommandArgument[], form: ReplyForm | undefined) {
      this.name = name;
      this.keys = keys;
      this.args = args;
      this.readString = form?.readString;
      this.promise = new Promise<Reply>((resolve, reject) => {
        const settle = (reply: unknown): void => {
          this.isSettled = true;
          this.isResolved = true;
          // Who answers has read all of it.
          if (this.#bytes !== undefined) returnPiece(this.#bytes);
          this.#bytes = undefined;
          try {
            // No more is known of it than that.
            resolve((form === undefined ? reply : inForm(reply, form, keys.length)) as Reply);
          } catch (cause) {
            // Whoever stands between may answer what no server would: thrown here, it would end the process.
            reject(cause);
          }
        };
        const refuse = (cause: unknown): void => {
          this.isSettled = true;
          this.#forgetBytes();
          reject(cause);
        };
        // By way of names: a function that is written where a property gets it is made in the old generation by V8, where it
        // keeps the command, and the answer, until all of the heap is collected.
        this.resolve = settle;
        this.reject = refuse;
      });
    }

    toWritable(): string | Buffer {
      this.#forgetBytes();
      const command = encodeCommand(this.name, this.args);
      if (command instanceof BytesOfPiece) this.#bytes = command;
      return command;
    }

    /** What failed, or is sent once more, may still be on its way to where it was sent before. */
    #forgetBytes(): void {
      if (this.#bytes !== undefined) forgetPiece();
      this.#bytes = undefined;
    }
  }
  Object.setPrototypeOf(WireCommand.prototype, prototype);
  return WireCommand;
}

/** The same again of what has that form already. */
function inForm(reply: unknown, { isOfMany, readString }: ReplyForm, count: number): unknown {
  if (!isOfMany) return stringOrNull(reply, readString);
  if (!Array.isArray(reply) || reply.length !== count) throw ofAnotherKind();
  // In place: nobody else has it.
  for (let index = 0; index < count; index++) reply[index] = stringOrNull(reply[index], readString);
  return reply;
}

function stringOrNull(part: unknown, readString: ReadString): unknown {
  if (part === null || typeof part === "string") return part;
  // Clients give strings as Buffers.
  if (part instanceof Uint8Array) return readString(asBuffer(part), 0, part.length);
  throw part instanceof Error ? part : ofAnotherKind();
}
