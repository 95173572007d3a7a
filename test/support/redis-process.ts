import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { join } from "node:path";
import { forgetProcess, killWithThisProcess } from "./clean-up.ts";

/** How a redis-server is started. */
export interface RedisProcessOptions {
  /** Where its configuration and its files are. */
  readonly folder: string;
  /** The lines of redis.conf. */
  readonly config: readonly string[];
  /** Runs as `redis-sentinel`. Default `false`. */
  readonly isSentinel?: boolean;
  /** By how much it comes after others that want the processor, up to 19. Default 0. */
  readonly niceness?: number;
}

/** So much is kept of what a server says, in characters. */
const logLength = 16_000;

/** A port is found free and taken a moment later, by which time it may be another's. */
export class AddressInUseError extends Error {}

/** A process of redis-server that can be stopped, killed, and started again with what it has on disk. */
export class RedisProcess {
  readonly #options: RedisProcessOptions;
  #child: ChildProcess | undefined;
  #isServing = false;
  #log = "";

  constructor(options: RedisProcessOptions) {
    this.#options = options;
    writeFileSync(this.#configFile, `${options.config.join("\n")}\n`);
  }

  get isServing(): boolean {
    return this.#isServing;
  }

  /** The last of what it said since it was started. */
  get log(): string {
    return this.#log;
  }

  /**
   * Resolves when it accepts connections; `REDIS_SERVER` may name another binary than the one on the PATH.
   *
   * @throws AddressInUseError
   */
  start(): Promise<void> {
    const binary = process.env["REDIS_SERVER"] ?? "redis-server";
    const { isSentinel = false, niceness = 0 } = this.#options;
    const child = spawn(binary, [this.#configFile, ...(isSentinel ? ["--sentinel"] : [])], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    this.#log = "";
    const { pid } = child;
    if (pid !== undefined) killWithThisProcess(pid);
    if (pid !== undefined && niceness > 0) setPriority(pid, niceness);
    return new Promise((resolve, reject) => {
      let isStarting = true;
      child.once("error", (cause) => {
        reject(new Error("redis-server cannot be started; `npm test` installs it where it may.", { cause }));
      });
      child.once("exit", (code) => {
        if (pid !== undefined) forgetProcess(pid);
        const message = `redis-server ended with ${code}:\n${this.#log}`;
        reject(this.#log.includes("Address already in use") ? new AddressInUseError(message) : new Error(message));
      });
      child.stdout?.on("data", (chunk: Buffer) => {
        this.#log = (this.#log + chunk.toString()).slice(-logLength);
        if (!isStarting || !this.#log.includes(isSentinel ? "+monitor master" : "Ready to accept connections")) return;
        isStarting = false;
        this.#isServing = true;
        resolve();
      });
    });
  }

  /** Freezes it: connections stay, answers stop. */
  pause(): void {
    this.#isServing = false;
    this.#child?.kill("SIGSTOP");
  }

  resume(): void {
    if (this.#child?.kill("SIGCONT") === true) this.#isServing = true;
  }

  /** As a crash, which is the quickest end, too; resolves when it is gone. */
  kill(): Promise<void> {
    this.#isServing = false;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  }

  get #configFile(): string {
    return join(this.#options.folder, "redis.conf");
  }
}
