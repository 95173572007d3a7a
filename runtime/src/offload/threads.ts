import { CachetoryError } from "../errors.ts";
import { messageOf } from "../message-of.ts";
import { loadPiscina, type Piscina } from "./piscina.ts";
import type { Reply, Task } from "./task.ts";

/** The threads of piscina, and what to do when they fail. */
export class Threads {
  readonly #piscina: Piscina;
  #error: unknown;
  isBroken = false;

  constructor(maxThreads: number, idleTimeout: number) {
    this.#piscina = new (loadPiscina().Piscina)({
      filename: new URL("./worker.js", import.meta.url).href,
      name: "runTask",
      minThreads: 0,
      maxThreads,
      idleTimeout,
      recordTiming: false,
    });
    // Emitted for a thread that dies without a task; unheard, it would end the process.
    this.#piscina.on("error", (error) => {
      this.#error = error;
    });
    this.#piscina.on("workerDestroy", () => queueMicrotask(() => this.#endIfStuck()));
  }

  /** @throws CachetoryError `WORKER_FAILED` */
  async run(task: Task): Promise<Reply> {
    const { input } = task;
    try {
      return await this.#piscina.run(task, { transferList: typeof input === "string" ? [] : [input.buffer] });
    } catch (cause) {
      const reason = this.isBroken ? (this.#error ?? cause) : cause;
      if (this.#piscina.threads.length === 0) this.isBroken = true;
      const what = messageOf(reason);
      throw new CachetoryError("WORKER_FAILED", `A worker thread of offload failed, and its work with it: ${what}.`, {
        cause: reason,
      });
    }
  }

  end(): Promise<void> {
    this.isBroken = true;
    return this.#piscina.destroy();
  }

  /** A thread that fails while it starts leaves its task in the queue: nobody would ever take it from there. */
  #endIfStuck(): void {
    if (this.#piscina.threads.length > 0 || this.#piscina.queueSize === 0) return;
    void this.end();
  }
}
