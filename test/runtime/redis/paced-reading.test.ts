import { once } from "node:events";
import { type AddressInfo, connect, createServer, Socket } from "node:net";
import { PassThrough } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { paceReading } from "../../../runtime/src/backends/paced-reading.ts";
import { openSocket, ReadMemory } from "../../../runtime/src/backends/read-memory.ts";

const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
const piece = Buffer.alloc(64 * 1024);
const pieces = 40;

/** What comes in of a client's connection. */
function paced<S extends PassThrough | Socket>(stream: S): S {
  const on = (event: string, listener: unknown): void => {
    if (event === "ready") (listener as () => void)();
  };
  paceReading({ stream, on });
  return stream;
}

/** In how many turns all is taken in that is there at once, in pieces of this size. */
function turnsOf(stream: PassThrough, size: number, turn: () => Promise<void>): Promise<number> {
  return turnsOfPaced(paced(stream), size, turn);
}

async function turnsOfPaced(stream: PassThrough, size: number, turn: () => Promise<void>): Promise<number> {
  let taken = 0;
  stream.on("data", ({ length }: Buffer) => {
    taken += length;
  });
  for (let at = 0; at < pieces * piece.length; at += size) stream.write(piece.subarray(0, size));
  let turns = 0;
  for (; taken < pieces * piece.length; turns++) await turn();
  return turns;
}

async function longTurn(): Promise<void> {
  const endMs = performance.now() + 20;
  while (performance.now() < endMs);
  await nextTurn();
}

const roomy = (): PassThrough => new PassThrough({ highWaterMark: 2 * pieces * piece.length });

test("takes in what comes in pieces, between which the event loop turns", async () => {
  expect(await turnsOf(roomy(), piece.length, nextTurn)).toBeGreaterThanOrEqual(pieces / 2);
});

test("does so over TLS, of which all pieces are small", async () => {
  const stream = Object.assign(roomy(), { encrypted: true });
  expect(await turnsOf(stream, 16 * 1024, nextTurn)).toBeGreaterThanOrEqual(pieces / 2);
});

test("takes in small pieces as they come", async () => {
  const stream = paced(new PassThrough());
  const taken: string[] = [];
  stream.on("data", (chunk: Buffer) => taken.push(String(chunk)));
  for (let count = 0; count < 20; count++) {
    stream.write("+OK\r\n");
    await nextTick();
    expect([taken.length, stream.isPaused()]).toEqual([count + 1, false]);
  }
});

test("takes in more where each turn is long, so that nothing comes late for it", async () => {
  expect(await turnsOf(roomy(), piece.length, longTurn)).toBeLessThanOrEqual(12);
});

test("takes in no more for what the loop had to do before it came", async () => {
  const stream = paced(roomy());
  stream.on("data", () => {});
  stream.write(piece);
  for (let turn = 0; turn < 5; turn++) await longTurn();
  expect(await turnsOfPaced(stream, piece.length, nextTurn)).toBeGreaterThanOrEqual(pieces / 2);
});

test("does so where a part of the memory into which it is read is kept, and less comes in at once", async () => {
  const server = createServer((peer) => {
    peer.write(piece.subarray(0, piece.length / 2));
    peer.once("data", () => peer.write(Buffer.concat(new Array(pieces).fill(piece))));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = paced(openSocket(connect, { host: "127.0.0.1", port: (server.address() as AddressInfo).port }));
  const memory = ReadMemory.of(socket);
  let taken = 0;
  socket.on("data", ({ length }: Buffer) => {
    if (taken === 0) memory?.keep();
    taken += length;
  });
  await once(socket, "data");
  const sent = pieces * piece.length + taken;
  socket.write("more");
  let turns = 0;
  for (; taken < sent; turns++) await nextTurn();
  expect(memory?.roomLength).toBe(piece.length / 2);
  expect(turns).toBeGreaterThanOrEqual(pieces / 2);
  socket.destroy();
  server.close();
});

test("has no more come in at once, however much is there", () => {
  const memory = ReadMemory.of(paced(openSocket(() => new Socket(), { port: 1 })));
  memory?.nextRoom();
  memory?.filled(piece.length);
  expect(memory?.nextRoom()).toHaveLength(piece.length);
});
