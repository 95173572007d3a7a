import { backendFromUrl, type RedisBackend } from "@cachetory/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ReadMemory } from "../../../runtime/src/backends/read-memory.ts";
import { patience } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;
let backend: RedisBackend;

beforeAll(async () => {
  server = await startRedisServer();
  backend = backendFromUrl(`redis://127.0.0.1:${server.port}${patience}`) as RedisBackend;
});

afterAll(async () => {
  await backend.close();
  await server.stop();
});

/** Of lengths from nothing to more than what comes in at once, each with other content. */
const sizes = [0, 1, 100, 3000, 12_000, 16_384, 40_000, 70_000, 200_000];
const contentOf = (index: number): Buffer => Buffer.alloc(sizes[index % sizes.length] ?? 0, `${index}:`);

test("bytes that were read stay as they are, whatever is read after them", async () => {
  const count = 200;
  const keys = Array.from({ length: count }, (_, index) => `kept:${index}`);
  await backend.setMany(
    keys.map((key, index) => [key, contentOf(index)]),
    60_000,
  );
  const together = await backend.getMany(keys, "bytes");
  const alone: unknown[] = [];
  for (const [index, key] of keys.entries()) {
    alone.push(await backend.get(key, "bytes"));
    // It comes into the same memory, and nobody keeps that.
    await backend.get(keys[(index * 7) % count] ?? "", "text");
  }
  const taken = await Promise.all(keys.map((key) => backend.take(key, "bytes")));
  for (const read of [together, alone, taken]) {
    for (const [index, bytes] of read.entries()) expect(Buffer.compare(bytes as Buffer, contentOf(index))).toBe(0);
  }
});

test("to read text takes no new memory for what comes in", async () => {
  const keys = Array.from({ length: 200 }, (_, index) => `text:${index}`);
  // Short, for those that are cut are put together in memory of their own, however many that are.
  const text = "a".repeat(100);
  await backend.setMany(
    keys.map((key) => [key, text]),
    60_000,
  );
  const reads = 300;
  const replyBytes = keys.length * text.length;
  let grown = 0;
  for (let read = 0; read < reads; read += 1) {
    const before = process.memoryUsage().arrayBuffers;
    expect(await backend.getMany(keys, "text")).toHaveLength(keys.length);
    // Less where garbage was collected meanwhile.
    grown += Math.max(0, process.memoryUsage().arrayBuffers - before);
  }
  expect(grown / reads).toBeLessThan(replyBytes / 4);
});

const kibibyte = 1024;

/** How much room there is after each of these has come in, or all that there is room for. */
function rooms(memory: ReadMemory, lengths: readonly number[], onFilled = (): void => {}): readonly number[] {
  return lengths.map((length) => {
    const room = memory.nextRoom();
    memory.filled(Math.min(length * kibibyte, room.length));
    onFilled();
    return memory.nextRoom().length / kibibyte;
  });
}

test("more comes in at once where all room was filled", () => {
  expect(rooms(new ReadMemory(), [63, 64, 64, 256, 1])).toEqual([64, 256, 256, 256, 256]);
});

test("no more comes in at once where that is not wanted, or where somebody keeps what came in", () => {
  const paced = new ReadMemory();
  paced.staySmall();
  expect(rooms(paced, [64, 64])).toEqual([64, 64]);
  const kept = new ReadMemory();
  // Less than 16 KiB are not worth a read.
  expect(rooms(kept, [30, 10, 20, 64, 1], () => kept.keep())).toEqual([34, 24, 64, 64, 63]);
});
