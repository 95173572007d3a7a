import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { pinnedTo, serverCore } from "../harness/pinned-to.ts";
import type { Address } from "./contender.ts";

/** A redis-server of the run's own, on a free loopback port and without persistence. */
export interface RedisServer {
  readonly url: string;
  readonly address: Address;
  readonly version: string;
  /** Throws where an entry has no expiry, or there are none. */
  checkExpiries(): Promise<void>;
  stop(): void;
}

/** `REDIS_SERVER` may name another binary than the one on the path. `options` are further ones of its command line. */
export async function startRedisServer(options: readonly string[] = []): Promise<RedisServer> {
  const binary = process.env["REDIS_SERVER"] ?? "redis-server";
  const port = await freePort();
  const bind = ["--port", `${port}`, "--bind", "127.0.0.1"];
  const folder = mkdtempSync(join(tmpdir(), "cachetory-bench-"));
  const quiet = ["--save", "", "--appendonly", "no", "--dir", folder];
  const [command = binary, ...args] = [...pinnedTo(serverCore), binary, ...bind, ...quiet, ...options];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  // A run that is interrupted leaves no server behind.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  process.once("exit", () => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  await isReady(child);
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    address: { host: "127.0.0.1", port },
    version: /v=(\S+)/.exec(execFileSync(binary, ["--version"], { encoding: "utf8" }))?.[1] ?? "unknown",
    checkExpiries: () => checkExpiries(url),
    stop: () => child.kill("SIGKILL"),
  };
}

async function checkExpiries(url: string): Promise<void> {
  const client = new Redis(url);
  const text = await client.info("keyspace");
  await client.quit();
  const databases = [...text.matchAll(/^db\d+:keys=(\d+),expires=(\d+)/gm)];
  const isFit = databases.length > 0 && databases.every(([, keys, expires]) => keys === expires);
  if (!isFit) throw new Error(`Contenders must have stored entries that all expire, but:\n${text}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function isReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("error", (cause) => reject(new Error("redis-server cannot be started; is it installed?", { cause })));
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}:\n${output}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Ready to accept connections")) resolve();
    });
  });
}
