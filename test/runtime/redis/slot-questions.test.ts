import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refreshSeldom } from "../../../runtime/src/backends/redis-own-client.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a Cluster is asked for its slots at once, then once for all who want that within 50 ms", () => {
  const ask = vi.fn<(done?: (error?: Error) => void) => void>();
  const client = { refreshSlotsCache: ask };
  refreshSeldom(client);
  for (let count = 0; count < 10; count += 1) client.refreshSlotsCache();
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(49);
  client.refreshSlotsCache();
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(ask).toHaveBeenCalledTimes(2);
  // Nobody wants to know any more.
  vi.advanceTimersByTime(1000);
  expect(ask).toHaveBeenCalledTimes(2);
  client.refreshSlotsCache();
  expect(ask).toHaveBeenCalledTimes(3);
});

test("who connects waits for no pause", () => {
  const ask = vi.fn<(done?: (error?: Error) => void) => void>();
  const client = { refreshSlotsCache: ask };
  refreshSeldom(client);
  const done = (): void => {};
  client.refreshSlotsCache();
  client.refreshSlotsCache(done);
  expect(ask.mock.calls).toEqual([[], [done]]);
});
