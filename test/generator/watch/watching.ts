import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { startBin } from "../cli/run-bin.ts";

/** `cachetory generate --watch` in a folder, and what it prints. */
export class Watching implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;
  #printed = "";
  #seen = 0;

  constructor(cwd: string, ...args: readonly string[]) {
    this.#child = startBin(["generate", "--watch", ...args], { cwd });
    this.#ended = once(this.#child, "close");
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#printed += text;
    });
  }

  /** All so far. */
  printed(): string {
    return this.#printed;
  }

  /** The line of each run so far. */
  runs(): readonly string[] {
    return this.#printed.split("\n").filter((line) => /^Nothing was written|\(\d+\.\d\d s\)$/.test(line));
  }

  /** The line of the next run. */
  async nextRun(): Promise<string> {
    const count = this.#seen;
    this.#seen += 1;
    await this.until(() => this.runs().length > count);
    return this.runs()[count] ?? "";
  }

  /** Looks again whenever something is printed. */
  async until(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      const ended = this.#ended.then(() => {
        throw new Error(`It ended, having printed:\n${this.#printed}`);
      });
      await Promise.race([once(this.#child.stderr ?? this.#child, "data"), ended]);
    }
  }

  async stop(signal: NodeJS.Signals): Promise<{ readonly code: unknown; readonly signal: unknown }> {
    this.#child.kill(signal);
    const [code, by] = await this.#ended;
    return { code, signal: by };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop("SIGKILL");
  }
}
