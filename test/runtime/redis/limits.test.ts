import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CommandLimits } from "../../../runtime/src/backends/command-limits.ts";
import { readBackendUrl } from "../../../runtime/src/backends/read-backend-url.ts";
import { SomeFailed, unavailable, whatIsTold } from "../../../runtime/src/backends/redis-errors.ts";
import { redisDefaults } from "../../../runtime/src/backends/redis-options.ts";
import { redisConnectionOptions } from "../../../runtime/src/backends/redis-url.ts";
import { BackendUnavailableError } from "../../../runtime/src/errors.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function limitsOf() {
  const connection = {
    addressOf: () => "a:1",
    isReachable: true,
    isAsked: vi.fn<(address: string) => boolean>(() => true),
    doubt: vi.fn<(address: string) => void>(),
    abandon: vi.fn<(address: string) => void>(),
    answers: vi.fn<() => void>(),
    unanswered: vi.fn<(keys: readonly string[]) => void>(),
  };
  return { connection, limits: new CommandLimits(redisDefaults, connection) };
}

const never = (): Promise<never> => new Promise<never>(() => {});

function run(limits: CommandLimits, kind: "write" | "read", begin: () => Promise<unknown>): Promise<unknown> {
  return limits.limit(kind, "key", begin, String, unavailable).catch((cause: unknown) => cause);
}

test("a server that has answered meanwhile is not taken for silent since a write was sent that hangs elsewhere", async () => {
  const { connection, limits } = limitsOf();
  const written = run(limits, "write", never);
  await vi.advanceTimersByTimeAsync(900);
  expect(await run(limits, "read", async () => "1")).toBe("1");
  await vi.advanceTimersByTimeAsync(200);
  expect(await written).toBeInstanceOf(BackendUnavailableError);
  expect(connection.abandon).not.toHaveBeenCalled();
});

test("a server that has said nothing since then is given up", async () => {
  const { connection, limits } = limitsOf();
  const written = run(limits, "write", never);
  await vi.advanceTimersByTimeAsync(1100);
  await written;
  expect(connection.abandon).toHaveBeenCalledWith("a:1");
});

test("whoever has waited for a silent server is told before another connection is made", async () => {
  const { connection, limits } = limitsOf();
  const order: string[] = [];
  connection.abandon.mockImplementation(() => void order.push("another connection"));
  const told = run(limits, "write", never).then(() => order.push("told"));
  await vi.advanceTimersByTimeAsync(1100);
  await told;
  expect(order).toEqual(["told", "another connection"]);
});

test("where the server is left alone for its silence, whoever has waited longest goes on first", async () => {
  const { limits } = limitsOf();
  const order: number[] = [];
  const reads: Promise<unknown>[] = [];
  for (const turn of [1, 2, 3, 4, 5]) {
    reads.push(run(limits, "read", never).then(() => order.push(turn)));
    await vi.advanceTimersByTimeAsync(5);
  }
  await vi.advanceTimersByTimeAsync(40);
  await Promise.all(reads);
  expect(limits.leftAlone).toEqual(["a:1"]);
  expect(order).toEqual([1, 2, 3, 4, 5]);
});

test("a server that nobody asks any more is not left alone, but forgotten", async () => {
  const { connection, limits } = limitsOf();
  const node = limits.nodes.at("a:1");
  for (let failure = 0; failure < 3; failure += 1) node.breaker.failed(failure, new Error("gone"));
  node.silentSinceMs = 1;
  expect(limits.nodes.isAnyLeftAlone).toBe(true);
  connection.isAsked.mockReturnValue(false);
  expect(limits.nodes.isAnyLeftAlone).toBe(false);
  expect(limits.leftAlone).toEqual([]);
  connection.isAsked.mockReturnValue(true);
  // Once it is asked again, nothing is held against it.
  expect(limits.nodes.at("a:1").silentSinceMs).toBeUndefined();
  expect(await run(limits, "read", async () => "1")).toBe("1");
});

test("the connection is told of a server that answers again", async () => {
  const { connection, limits } = limitsOf();
  const { breaker } = limits.nodes.at("a:1");
  for (let failure = 0; failure < 3; failure += 1) breaker.failed(failure, new Error("gone"));
  expect(connection.answers).not.toHaveBeenCalled();
  breaker.answered();
  expect(connection.answers).toHaveBeenCalledTimes(1);
});

test("of several commands that failed, the worst tells of the server", () => {
  const failed = (message: string) => ({
    error: new BackendUnavailableError("Redis", { cause: new Error(message), outcome: "none" }),
  });
  const [no, busy, lost] = ["OOM too much", "BUSY a script", "Connection is closed."].map(failed);
  if (no === undefined || busy === undefined || lost === undefined) throw new Error("There are three.");
  expect(whatIsTold(new SomeFailed([no, busy, lost]))).toBe("lost");
  expect(whatIsTold(new SomeFailed([no, busy]))).toBe("refused");
  expect(whatIsTold(new SomeFailed([no]))).toBe("answer");
});

test("what counts where options say nothing is what counts where a URL says nothing", () => {
  expect(redisConnectionOptions(readBackendUrl("redis://localhost", "redis"))).toMatchObject(redisDefaults);
});
