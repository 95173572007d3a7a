import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { repository } from "../../support/repository.ts";
import { until } from "../../support/until.ts";
import { type ChaosOrder, chaosKeys, chaosProgram } from "./chaos-program.ts";

/** What went wrong, of how much that was looked at. */
interface Findings {
  readonly stale: number;
  readonly checked: number;
}

// CHAOS_ROUNDS=200 makes a long run of it.
const rounds = Number(process.env["CHAOS_ROUNDS"] ?? 9);
const mishaps: readonly ((server: RedisServer) => Promise<unknown>)[] = [
  (server) => server.ask("CLIENT", "KILL", "TYPE", "pubsub"),
  (server) => server.ask("CLIENT", "KILL", "TYPE", "normal"),
  async (server) => {
    await server.kill();
    await server.restart();
  },
];

describe("three processes that write as fast as they can, and lose their connections in turn", () => {
  test("have nothing near that is old", { timeout: 60_000 + rounds * 2000 }, async () => {
    const { stale, checked } = await chaos("layered");
    expect(stale).toBe(0);
    expect(checked).toBeGreaterThan(rounds * 20);
  });

  test("have something old near without the guard of reads under way", {
    timeout: 60_000 + rounds * 2000,
  }, async () => {
    expect((await chaos("unguarded")).stale).toBeGreaterThan(0);
  });
});

async function chaos(near: "layered" | "unguarded"): Promise<Findings> {
  const server = await startRedisServer();
  const processes = [1, 2, 3].map(() => start(chaosProgram(server.url, near)));
  let [stale, checked] = [0, 0];
  try {
    await Promise.all(processes.map((one) => once(one, "message")));
    for (let round = 0; round < rounds; round += 1) {
      const worked = processes.map((one) => tell(one, { work: 250 }));
      await wait(80);
      await mishaps[round % mishaps.length]?.(server);
      await Promise.all(worked);
      // Whoever lost his connections has new ones, and something near again.
      await Promise.all(processes.map((one) => tell(one, { work: 250 })));
      for (const report of await settled(server, processes)) {
        const known = Object.entries(report);
        checked += known.length;
        for (const [key, value] of known) if ((await truth(server, key)) !== value) stale += 1;
      }
    }
  } finally {
    for (const one of processes) one.kill();
    await server.stop();
  }
  return { stale, checked };
}

/** What each process has near once it has heard of all that was written. */
async function settled(
  server: RedisServer,
  processes: readonly ChildProcess[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  // News come in order, so whoever has heard of the last change has heard of all before it.
  const [last = ""] = chaosKeys;
  await server.ask("SET", `t:${last}`, JSON.stringify("the last change"));
  const reports = () => Promise.all(processes.map((one) => tell(one, { report: true })));
  await until("everybody has heard of the last change", async () =>
    (await reports()).every((report) => (report[last] ?? "the last change") === "the last change"),
  );
  return reports();
}

async function truth(server: RedisServer, key: string): Promise<unknown> {
  const stored = await server.ask("GET", `t:${key}`);
  return typeof stored === "string" ? JSON.parse(stored) : undefined;
}

function start(program: string): ChildProcess {
  return spawn(process.execPath, ["--no-warnings", "--input-type=module", "-e", program], {
    cwd: repository,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

async function tell(one: ChildProcess, order: ChaosOrder): Promise<Readonly<Record<string, unknown>>> {
  const answered = once(one, "message");
  one.send(order);
  const [answer] = await answered;
  return answer;
}
