/** What a server answers. An `Error` whose message has no code in capitals before it gets `ERR`. */
export type Reply = null | number | string | Buffer | Error | Status | ReplyMap | readonly Reply[];

/** Text that is no value: `OK`, `PONG`, `QUEUED`, the answer of TYPE. */
export interface Status {
  readonly status: string;
}

/** In RESP2, which has no maps, keys and values one after the other. */
export type ReplyMap = ReadonlyMap<string, Reply>;

export const ok: Status = { status: "OK" };

/** The bytes of a reply in RESP2 or RESP3, which differ in `null` and in maps. */
export function replyBytes(reply: Reply, protocol: 2 | 3): Buffer {
  if (reply === null) return Buffer.from(protocol === 3 ? "_\r\n" : "$-1\r\n");
  if (typeof reply === "number") return Buffer.from(`:${reply}\r\n`);
  if (typeof reply === "string") return replyBytes(Buffer.from(reply), protocol);
  if (Buffer.isBuffer(reply)) return Buffer.concat([Buffer.from(`$${reply.length}\r\n`), reply, Buffer.from("\r\n")]);
  if (reply instanceof Error) return Buffer.from(`-${errorLine(reply)}\r\n`);
  if (reply instanceof Map) return mapBytes(reply, protocol);
  if (Array.isArray(reply)) return listBytes(`*${reply.length}`, reply, protocol);
  return Buffer.from(`+${(reply as Status).status}\r\n`);
}

function mapBytes(map: ReplyMap, protocol: 2 | 3): Buffer {
  const head = protocol === 3 ? `%${map.size}` : `*${2 * map.size}`;
  return listBytes(head, [...map].flat(), protocol);
}

function listBytes(head: string, replies: readonly Reply[], protocol: 2 | 3): Buffer {
  return Buffer.concat([Buffer.from(`${head}\r\n`), ...replies.map((reply) => replyBytes(reply, protocol))]);
}

function errorLine({ message }: Error): string {
  const line = message.replace(/[\r\n]+/g, " ");
  return /^[A-Z]+ /.test(line) ? line : `ERR ${line}`;
}
