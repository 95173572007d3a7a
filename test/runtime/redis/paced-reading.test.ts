import { PassThrough } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { paceReading } from "../../../runtime/src/backends/paced-reading.ts";

const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
const piece = Buffer.alloc(64 * 1024);

/** A client whose connection brings what is written to the stream. */
function clientOf(stream: PassThrough): Parameters<typeof paceReading>[0] {
  const on = (event: string, listener: unknown): void => {
    if (event === "ready") (listener as () => void)();
  };
  return { stream, on };
}

test("takes in what comes in pieces, between which the event loop turns", async () => {
  const stream = new PassThrough({ highWaterMark: 64 * piece.length });
  paceReading(clientOf(stream));
  let taken = 0;
  stream.on("data", (chunk: Buffer) => {
    taken += chunk.length;
  });
  for (let count = 0; count < 40; count++) stream.write(piece);
  let turns = 0;
  for (; taken < 40 * piece.length; turns++) await nextTurn();
  expect(turns).toBeGreaterThanOrEqual(20);
});

test("takes in small pieces as they come", async () => {
  const stream = new PassThrough();
  paceReading(clientOf(stream));
  const taken: string[] = [];
  stream.on("data", (chunk: Buffer) => taken.push(String(chunk)));
  for (let count = 0; count < 20; count++) {
    stream.write("+OK\r\n");
    await nextTick();
    expect([taken.length, stream.isPaused()]).toEqual([count + 1, false]);
  }
});

test("takes in more where each turn is long, so that nothing comes late for it", async () => {
  const stream = new PassThrough({ highWaterMark: 64 * piece.length });
  paceReading(clientOf(stream));
  let taken = 0;
  stream.on("data", (chunk: Buffer) => {
    taken += chunk.length;
  });
  for (let count = 0; count < 40; count++) stream.write(piece);
  let turns = 0;
  for (; taken < 40 * piece.length; turns++) {
    const endMs = performance.now() + 20;
    while (performance.now() < endMs);
    await nextTurn();
  }
  expect(turns).toBeLessThanOrEqual(12);
});
