import { setTimeout as later } from "node:timers/promises";
import type { Stand } from "../harness/contest.ts";
import { asRead } from "../payloads/as-read.ts";
import { productOf } from "../payloads/product.ts";
import { callOf, check, checkStored, fill, stockOf } from "./calls.ts";
import type { Place } from "./contender.ts";
import { openEntrant } from "./open-entrant.ts";

export const besideCells = [
  "alone",
  "beside 40 reads of 1 MB a second",
  "beside one read of 1 MB after the other",
] as const;

/** How long it is at least from one large read to the next, by cell; none are made where nothing stands. */
const periodMs: Readonly<Record<string, number>> = { [besideCells[1]]: 25, [besideCells[2]]: 0 };
/** As long is read before anything counts: the first reads after a pause are slow with or without large ones beside them. */
const leadMs = 150;
/** So many small reads are in flight. */
const inFlight = 8;
const large = asRead({
  ...productOf(99_999),
  description: "A line of some words, and one more of them.\n".repeat(23_831),
});

/** How long the slowest hundredth of small reads waits, alone and beside large ones through the same client. */
export async function open(
  name: string,
  { place, cellMs }: { readonly place: Place; readonly cellMs: number },
): Promise<Stand> {
  const contender = await openEntrant(name, place);
  const { get, set } = contender;
  const stock = stockOf("product");
  const readSmall = callOf(contender, "get", stock);
  if (get === undefined || set === undefined || readSmall === undefined) {
    return { measure: async () => undefined, close: () => contender.close() };
  }
  await fill(contender, stock);
  checkStored(await set(large.id, large));
  const latencies = async (cell: string): Promise<readonly number[]> => {
    const found: number[] = [];
    const startMs = performance.now() + leadMs;
    const endMs = startMs + cellMs;
    const reader = async (_: unknown, index: number): Promise<void> => {
      for (let turn = index, nowMs = performance.now(); nowMs < endMs; turn += inFlight) {
        await readSmall(turn);
        const answeredMs = performance.now();
        if (nowMs >= startMs) found.push((answeredMs - nowMs) * 1000);
        nowMs = answeredMs;
      }
    };
    const largeReader = async (): Promise<void> => {
      const period = periodMs[cell];
      for (let nowMs = performance.now(); period !== undefined && nowMs < endMs; nowMs = performance.now()) {
        check(await get(large.id), large.id);
        await later(Math.max(0, nowMs + period - performance.now()));
      }
    };
    await Promise.all([largeReader(), ...Array.from({ length: inFlight }).map(reader)]);
    return found.sort((a, b) => a - b);
  };
  await latencies(besideCells[2]);
  return {
    async measure(cell) {
      const sorted = await latencies(cell);
      const [medianUs, p99Us] = [0.5, 0.99].map((share) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
      return { medianUs: medianUs ?? Number.NaN, p99Us: p99Us ?? Number.NaN };
    },
    close: () => contender.close(),
  };
}
