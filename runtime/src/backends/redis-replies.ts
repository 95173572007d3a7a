import { type ConnectingClient, hasMethods, onEachConnection } from "./each-connection.ts";
import { ReadMemory } from "./read-memory.ts";
import { type ChunkListener, type CommandQueue, ReplyReader } from "./reply-reader.ts";

/** What comes in of a connection. */
interface ReplyStream {
  listeners(event: "data"): unknown[];
  off(event: "data", listener: ChunkListener): unknown;
  prependListener(event: "data", listener: ChunkListener): unknown;
}

/**
 * Has replies to commands that are put together here read here, too: what the client does for each string of one, such as a view of
 * what came in, takes twice as long as the string. Replies to its own commands, errors, and what the server says unasked stay the
 * client's. So do all of them where it takes in what comes in another way than ioredis 5 and 6.
 */
export function readReplies(client: ConnectingClient): void {
  // Nothing can have come in yet: what is asked first has been sent just now.
  onEachConnection(client, "connect", takeOver);
}

function takeOver({ stream, commandQueue }: ConnectingClient): void {
  if (!isReplyStream(stream) || !isCommandQueue(commandQueue)) return;
  const [theirs, ...others] = stream.listeners("data");
  if (typeof theirs !== "function" || others.length > 0) return;
  const client = theirs as ChunkListener;
  const memory = ReadMemory.of(stream);
  const reader =
    memory === undefined
      ? new ReplyReader(commandQueue, client)
      : new ReplyReader(commandQueue, (chunk) => client(Buffer.from(chunk) as typeof chunk), memory);
  memory?.readInPlace();
  stream.off("data", client);
  stream.prependListener("data", (chunk) => reader.take(chunk));
}

function isReplyStream(stream: unknown): stream is ReplyStream {
  return hasMethods(stream, ["listeners", "off", "prependListener"]);
}

function isCommandQueue(queue: unknown): queue is CommandQueue {
  return hasMethods(queue, ["peekFront", "shift"]);
}
