import { EventEmitter, once } from "node:events";
import { createRequire } from "node:module";
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { ReadMemory } from "../../../runtime/src/backends/read-memory.ts";
import { readReplies } from "../../../runtime/src/backends/redis-replies.ts";
import { type AskedCommand, ofAnotherKind, ReplyReader } from "../../../runtime/src/backends/reply-reader.ts";

type Chunk = Parameters<ReplyReader["take"]>[0];

/** Another implementation of the protocol. */
interface Decoder {
  write(bytes: Uint8Array): void;
}
type DecoderClass = new (settings: {
  readonly getTypeMapping: () => object;
  readonly onReply: (reply: unknown) => void;
  readonly onErrorReply: (error: Error) => void;
  readonly onPush: (reply: unknown) => void;
}) => Decoder;

const require = createRequire(import.meta.url);
const { Decoder } = require(require.resolve("ioredis").replace("index.js", "resp/decoder.js")) as {
  readonly Decoder: DecoderClass;
};

const line = (text: string): Buffer => Buffer.from(`${text}\r\n`);
const string = (text: string | null, mark = "$"): Buffer =>
  text === null ? line(`${mark}-1`) : Buffer.concat([line(`${mark}${Buffer.byteLength(text)}`), line(text)]);
const parts = (mark: string, count: number, items: readonly Buffer[]): Buffer =>
  Buffer.concat([line(`${mark}${count}`), ...items]);

interface Exchange {
  /** Whether the reply is read here. */
  readonly isHere: boolean;
  readonly bytes: Buffer;
  /** As a command that is read here gets it. */
  readonly reply?: unknown;
  /** Whether the server says it unasked. */
  readonly isPush?: boolean;
}

const text = fc.string({ unit: "binary", maxLength: 60 });
const longText = fc.integer({ min: 100, max: 3000 }).map((length) => "ä\r\n$3".repeat(length));
const textOrNull = fc.oneof(text, text, longText, fc.constant(null));
const oneLine = fc.string({ maxLength: 20 });

const readHere: fc.Arbitrary<Exchange> = fc.oneof(
  textOrNull.map((reply) => ({ isHere: true, bytes: string(reply), reply })),
  fc.array(textOrNull).map((reply) => ({
    isHere: true,
    bytes: parts(
      "*",
      reply.length,
      reply.map((each) => string(each)),
    ),
    reply,
  })),
  fc.constantFrom(
    { isHere: true, bytes: line("+OK"), reply: "OK" },
    { isHere: true, bytes: line("_"), reply: null },
    { isHere: true, bytes: line("*-1"), reply: null },
    { isHere: true, bytes: parts("*", 2, [line("_"), string("a")]), reply: [null, "a"] },
  ),
);

const { reply: anyReply } = fc.letrec<{ reply: Buffer }>((tie) => ({
  reply: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(
      textOrNull.map((each) => string(each)),
      text.map((each) => string(`txt:${each}`, "=")),
      oneLine.map((each) => line(`+${each}`)),
      fc.integer().map((each) => line(`:${each}`)),
      fc.constantFrom("_", "#t", ",1.5", "(123456789012345678901234567890", "*-1").map(line),
    ),
    fc
      .constantFrom("*", "~")
      .chain((mark) => fc.array(tie("reply"), { maxLength: 5 }).map((all) => parts(mark, all.length, all))),
    fc.array(fc.tuple(oneLine, tie("reply")), { maxLength: 3 }).map((all) =>
      parts(
        "%",
        all.length,
        all.flatMap(([key, value]) => [line(`+${key}`), value]),
      ),
    ),
  ),
}));

const leftToTheClient: fc.Arbitrary<Exchange> = fc.oneof(
  anyReply.map((bytes) => ({ isHere: false, bytes })),
  oneLine.map((each) => ({ isHere: true, bytes: line(`-ERR ${each}`) })),
  text.map((each) => ({ isHere: false, bytes: string(`ERR ${each}`, "!") })),
  anyReply.map((bytes) => ({ isHere: false, isPush: true, bytes: parts(">", 2, [string("invalidate"), bytes]) })),
);

/** Where what came is cut; more often at small distances. */
const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 5000 })), { minLength: 1 });

function pieces(bytes: Buffer, lengths: readonly number[]): readonly Buffer[] {
  const all: Buffer[] = [];
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const length = lengths[index % lengths.length] ?? 1;
    all.push(bytes.subarray(at, at + length));
    at += length;
  }
  return all;
}

/** What became of each command, in the order in which that became known. */
type Told = readonly [command: number, what: unknown];

interface Waiting {
  readonly command: AskedCommand;
}

/**
 * @param memory - into which all comes; what is read of every second command is views of it
 */
function readAll(exchanges: readonly Exchange[], lengths: readonly number[], memory?: ReadMemory): readonly Told[] {
  const told: Told[] = [];
  const queue: Waiting[] = exchanges
    .filter(({ isPush }) => isPush !== true)
    .map(({ isHere }, index) => ({
      command: {
        readString: isHere ? (memory !== undefined && index % 2 === 1 ? asView : asText) : undefined,
        resolve: (reply) => told.push([index, reply]),
        reject: (cause) => told.push([index, cause]),
      },
    }));
  let answered = 0;
  const client = new Decoder({
    getTypeMapping: () => ({}),
    onReply: () => {
      queue.shift();
      told.push([answered++, "by the client"]);
    },
    onErrorReply: () => {
      queue.shift();
      told.push([answered++, "by the client"]);
    },
    onPush: () => told.push([-1, "by the client"]),
  });
  const reader = new ReplyReader(
    {
      peekFront: () => queue[0],
      shift: () => {
        answered += 1;
        return queue.shift();
      },
    },
    (chunk) => client.write(memory === undefined ? chunk : Buffer.from(chunk)),
    memory,
  );
  memory?.readInPlace();
  for (const piece of pieces(Buffer.concat(exchanges.map(({ bytes }) => bytes)), lengths)) {
    if (memory === undefined) {
      reader.take(Buffer.from(piece) as Chunk);
    } else {
      piece.copy(memory.nextRoom());
      reader.take(memory.filled(piece.length));
    }
  }
  return told.map(([command, what]) => [command, textOf(what)]);
}

function asText(bytes: Buffer, start: number, end: number): string {
  return bytes.toString("utf8", start, end);
}

function asView(bytes: Buffer, start: number, end: number): Buffer {
  return bytes.subarray(start, end);
}

function textOf(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply.map(textOf);
  return reply instanceof Uint8Array ? String(reply) : reply;
}

function expected(exchanges: readonly Exchange[]): readonly Told[] {
  let command = -1;
  return exchanges.map(({ isHere, bytes, reply, isPush }) => {
    if (isPush !== true) command += 1;
    const isLeft = !isHere || bytes[0] === "-".charCodeAt(0);
    return [isPush === true ? -1 : command, isLeft ? "by the client" : reply];
  });
}

test("each command gets its reply, and the client all others, however what comes in is cut", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(readHere, leftToTheClient), { maxLength: 12 }), cuts, (exchanges, lengths) => {
      expect(readAll(exchanges, lengths)).toEqual(expected(exchanges));
    }),
    { numRuns: 500 },
  );
});

test("of a long reply, only the parts that are cut are copied", () => {
  const items = Array.from({ length: 400 }, (_, index) => `${index}`.padStart(90, "-"));
  const cut = 4096;
  const resolve = vi.fn();
  /** Those that were not where they came in. */
  let copied = 0;
  const readString = (bytes: Buffer, start: number, end: number): string => {
    if (bytes.length < cut / 2) copied += 1;
    return bytes.toString("utf8", start, end);
  };
  const command = { readString, resolve, reject: resolve };
  const reader = new ReplyReader({ peekFront: () => ({ command }), shift: () => command }, () => {});
  const answer = parts(
    "*",
    items.length,
    items.map((item) => string(item)),
  );
  const whole = answer.length - (answer.length % cut);
  for (let at = 0; at < whole; at += cut) {
    reader.take(answer.subarray(at, at + cut) as Chunk);
  }
  // What is left is shorter, so it is filled up with what comes behind it.
  reader.take(Buffer.concat([answer.subarray(whole), Buffer.alloc(cut)]) as Chunk);
  expect(resolve.mock.calls[0]).toEqual([items]);
  expect(copied).toBeGreaterThan(0);
  expect(copied).toBeLessThanOrEqual(Math.ceil(answer.length / cut));
});

test("what is said to be very long takes no more room than what has come of it, and a megabyte", () => {
  const command = { readString: asText, resolve: vi.fn(), reject: vi.fn() };
  const reader = new ReplyReader({ peekFront: () => ({ command }), shift: () => command }, () => {});
  const before = process.memoryUsage().arrayBuffers;
  reader.take(Buffer.from("$99999999999999\r\na") as Chunk);
  reader.take(Buffer.from("bc") as Chunk);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * 1024 * 1024);
  expect([command.resolve, command.reject].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
});

test("what is long comes back as it is, however it comes in", () => {
  const long = { isHere: true, bytes: string("ä\r\n$3".repeat(800_000)), reply: "ä\r\n$3".repeat(800_000) };
  expect(readAll([long, long], [60_000])).toEqual(expected([long, long]));
});

test("of what was cut, views keep nothing that came in", () => {
  const command = { readString: asView, resolve: vi.fn(), reject: vi.fn() };
  const keep = vi.fn();
  const reader = new ReplyReader({ peekFront: () => ({ command }), shift: () => command }, () => {}, { keep });
  for (const part of ["$3\r\na", "bc\r\n"]) reader.take(Buffer.from(part) as Chunk);
  expect(keep).not.toHaveBeenCalled();
  reader.take(Buffer.from("$3\r\nabc\r\n") as Chunk);
  expect(keep).toHaveBeenCalledOnce();
  expect(command.resolve.mock.calls.map(([reply]) => String(reply))).toEqual(["abc", "abc"]);
});

test("what is kept of it stays as it is where all comes into the same memory", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(readHere, leftToTheClient), { maxLength: 12 }), cuts, (exchanges, lengths) => {
      expect(readAll(exchanges, lengths, new ReadMemory())).toEqual(expected(exchanges));
    }),
    { numRuns: 500 },
  );
});

/** Commands that are read here, and what becomes of them. */
function asked(count: number, resolveFirst?: (reply: unknown) => void): { queue: Waiting[]; told: Told[] } {
  const told: Told[] = [];
  const queue = Array.from({ length: count }, (_, index) => ({
    command: {
      readString(bytes: Buffer, start: number, end: number): string {
        if (end - start > 100) throw new RangeError("too long");
        return bytes.toString("utf8", start, end);
      },
      resolve(reply: unknown): void {
        if (index === 0) resolveFirst?.(reply);
        told.push([index, reply]);
      },
      reject: (cause: unknown) => told.push([index, String(cause)]),
    },
  }));
  return { queue, told };
}

/** What becomes of commands to which this is the answer, and what is left to the client. */
function answered(count: number, answer: Buffer, resolveFirst?: (reply: unknown) => void): [readonly Told[], string] {
  const { queue, told } = asked(count, resolveFirst);
  let left = "";
  const queueLike = { peekFront: () => queue[0], shift: () => queue.shift() };
  const reader = new ReplyReader(queueLike, (chunk) => {
    left += String(chunk);
  });
  reader.take(answer as Chunk);
  return [told, left];
}

describe("a command is refused, and those after it are answered", () => {
  const next = string("next");
  const anotherKind = "TypeError: the reply is of another kind than what was asked for";

  test("where a string is too long to be one", () => {
    const answer = Buffer.concat([parts("*", 2, [string("a".repeat(101)), string("b")]), next]);
    expect(answered(2, answer)).toEqual([
      [
        [0, "RangeError: too long"],
        [1, "next"],
      ],
      "",
    ]);
  });

  test("where one of several servers is down", () => {
    const answer = Buffer.concat([parts("*", 2, [line("-upstream failure"), string("b")]), next]);
    expect(answered(2, answer)).toEqual([
      [
        [0, "Error: upstream failure"],
        [1, "next"],
      ],
      "",
    ]);
  });

  test.each([
    ["lists", parts("*", 2, [parts("*", 2, [string("a"), line(":1")]), string("b")])],
    ["maps", parts("*", 1, [parts("%", 1, [string("a"), parts("~", 1, [string("b")])])])],
    ["numbers", parts("*", 2, [line(":1"), string("b")])],
  ])("where there are %s in a list", (_, answer) => {
    expect(answered(2, Buffer.concat([answer, next]))).toEqual([
      [
        [0, anotherKind],
        [1, "next"],
      ],
      "",
    ]);
  });
});

test("what is said about a reply, and what it is about, are left to the client together", () => {
  // Attributes, with the text that they are about; then a text.
  const about = "|1\r\n+ttl\r\n:9\r\n$1\r\na\r\n";
  expect(answered(1, Buffer.from(`${about}$1\r\nb\r\n`))).toEqual([[[0, "b"]], about]);
});

test("what is said about a part of a reply makes it one of another kind, and no other", () => {
  const [told, left] = answered(2, Buffer.from("*2\r\n|1\r\n+ttl\r\n:9\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n"));
  expect([told, left]).toEqual([
    [
      [0, String(ofAnotherKind())],
      [1, "c"],
    ],
    "",
  ]);
});

test("what throws where a reply is taken keeps it from nobody else", () => {
  const thrown: unknown[] = [];
  const nextTick = vi.spyOn(process, "nextTick").mockImplementation((later) => {
    try {
      later();
    } catch (error) {
      thrown.push(error);
    }
  });
  const failure = new Error("of a tracer");
  const results = answered(2, Buffer.concat([string("first"), string("second")]), () => {
    throw failure;
  });
  nextTick.mockRestore();
  expect([results, thrown]).toEqual([[[[1, "second"]], ""], [failure]]);
});

test.each(["HTTP/1.1 400 Bad Request\r\n\r\n", "$3x\r\nabc\r\n", "*?\r\n"])(
  "what no server says is left to the client with all that follows: %j",
  (answer) => {
    expect(answered(2, Buffer.from(`+OK\r\n${answer}+OK\r\n`))).toEqual([[[0, "OK"]], `${answer}+OK\r\n`]);
  },
);

describe("replies are read here", () => {
  interface Connection {
    readonly stream: PassThrough;
    readonly commandQueue: object;
    readonly left: string[];
    readonly told: readonly Told[];
  }

  /** As a client of ioredis has it when it has connected; `disturb` makes another of it. */
  async function connected(disturb: (connection: Connection) => void = () => {}): Promise<Connection> {
    const { queue, told } = asked(1);
    const stream = new PassThrough();
    const left: string[] = [];
    stream.on("data", (chunk) => left.push(String(chunk)));
    const commandQueue = { peekFront: () => queue[0], shift: () => queue.shift() };
    const connection = { stream, commandQueue, left, told };
    disturb(connection);
    const client = Object.assign(new EventEmitter(), connection);
    readReplies(client);
    client.emit("connect");
    stream.write("$1\r\na\r\n");
    stream.end();
    await once(stream, "end");
    return connection;
  }

  test("where the client takes in what comes by one listener", async () => {
    expect(await connected()).toMatchObject({ told: [[0, "a"]], left: [] });
  });

  test("unless somebody else listens", async () => {
    const left: string[] = [];
    const { told } = await connected(({ stream }) => stream.on("data", (chunk) => left.push(String(chunk))));
    expect([told, left]).toEqual([[], ["$1\r\na\r\n"]]);
  });

  test("unless it does not tell who waits", async () => {
    const { told, left } = await connected(({ commandQueue }) => Reflect.deleteProperty(commandQueue, "peekFront"));
    expect([told, left]).toEqual([[], ["$1\r\na\r\n"]]);
  });
});
