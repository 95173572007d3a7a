import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real redis-server on a free loopback port, without persistence. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Freezes it: connections stay, answers stop. */
  pause(): void;
  resume(): void;
  /** SIGKILL, as a crash; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server; `REDIS_SERVER` may name another binary than the one on the path. */
export async function startRedisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "cachetory-redis-"));
  const port = await freePort();
  let child = await start(port, folder);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    pause: () => signal(child, "SIGSTOP"),
    resume: () => signal(child, "SIGCONT"),
    kill: () => end(child, "SIGKILL"),
    async restart() {
      child = await start(port, folder);
    },
    async stop() {
      signal(child, "SIGCONT");
      await end(child, "SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port on which nobody listens at this moment. */
export function freePort(): Promise<number> {
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

function start(port: number, folder: string): Promise<ChildProcess> {
  const binary = process.env["REDIS_SERVER"] ?? "redis-server";
  const options = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const child = spawn(binary, options, { stdio: ["ignore", "pipe", "inherit"] });
  // A test run that is killed must not leave servers behind.
  const onExit = (): void => signal(child, "SIGKILL");
  process.once("exit", onExit);
  child.once("exit", () => process.removeListener("exit", onExit));
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("error", (cause) => {
      reject(new Error("redis-server cannot be started; `npm test` installs it where it may.", { cause }));
    });
    child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}:\n${output}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Ready to accept connections")) resolve(child);
    });
  });
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(name);
}

function end(child: ChildProcess, name: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.removeAllListeners("exit");
    child.once("exit", () => resolve());
    signal(child, name);
  });
}
