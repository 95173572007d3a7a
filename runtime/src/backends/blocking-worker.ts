import { fileURLToPath } from "node:url";
import type { MessagePort, Worker } from "node:worker_threads";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import { type Answer, errorOf, type Question, sendable, type WorkerStart } from "./worker-message.ts";

/** Loading its modules is all that a worker does before it says that it has started; no server is asked meanwhile. */
const startLimitMs = 10_000;

/**
 * A worker thread whose answers are waited for with this thread standing still. It keeps no process alive. One that does
 * not answer in time is ended, and of no more use: no answer of it can come late and be taken for another's.
 */
export class BlockingWorker {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #receive: typeof import("node:worker_threads").receiveMessageOnPort;
  readonly #posted: Int32Array;
  #lastId = 0;
  #hasStarted = false;
  #isOver = false;

  /**
   * Starts the thread, and does not wait for it.
   *
   * @param recipe - what the worker makes its backend of: plain data
   * @throws CachetoryError `INVALID_OPTION` where a bundler has left the worker's file behind
   */
  constructor(script: URL, recipe: unknown) {
    if (!process.getBuiltinModule("node:fs").existsSync(script)) {
      throw new CachetoryError(
        "INVALID_OPTION",
        `A synchronous backend needs the file ${fileURLToPath(script)}, which is not there. Leave @cachetory/runtime out ` +
          "of the bundle.",
      );
    }
    const threads = process.getBuiltinModule("node:worker_threads");
    const { port1, port2 } = new threads.MessageChannel();
    const posted = new SharedArrayBuffer(4);
    const workerData: WorkerStart<unknown> = { port: port2, posted, recipe };
    this.#worker = new threads.Worker(script, { workerData, transferList: [port2], ...ownArguments() });
    // Of no interest: a worker that has failed does not answer.
    this.#worker.on("error", () => {});
    this.#worker.unref();
    this.#port = port1;
    this.#receive = threads.receiveMessageOnPort;
    this.#posted = new Int32Array(posted);
  }

  /** Whether it has ended: asked to, or for not answering. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param limitMs - how long to wait at most; a worker that has just been started may take longer
   * @throws BackendUnavailableError where no answer comes in time; the error that the worker answers with
   */
  call(method: string, args: readonly unknown[], limitMs: number): unknown {
    this.#lastId += 1;
    const moved: ArrayBuffer[] = [];
    const question: Question = [this.#lastId, method, ...args.map((arg) => sendable(arg, false, moved))];
    this.#port.postMessage(question, moved);
    if (!this.#hasStarted) {
      this.#answerTo(0, startLimitMs);
      this.#hasStarted = true;
    }
    const answer = this.#answerTo(this.#lastId, limitMs);
    if (answer[1] === "error") throw errorOf(answer[2]);
    return answer[2];
  }

  /** Ends the thread at once, with whatever it has open. */
  end(): void {
    this.#isOver = true;
    this.#port.close();
    void this.#worker.terminate();
  }

  #answerTo(id: number, limitMs: number): Answer {
    const untilMs = performance.now() + limitMs;
    for (;;) {
      // Read before the port is looked at, so that nothing is posted unseen in between.
      const seen = Atomics.load(this.#posted, 0);
      for (;;) {
        const received: { readonly message: Answer } | undefined = this.#receive(this.#port);
        if (received === undefined) break;
        if (received.message[0] === id) return received.message;
      }
      if (Atomics.wait(this.#posted, 0, seen, Math.max(0, untilMs - performance.now())) !== "timed-out") continue;
      this.end();
      const waited = `The worker of the backend did not answer within ${Math.ceil(limitMs)} ms.`;
      throw new BackendUnavailableError(waited, { outcome: "unknown", isLate: true });
    }
  }
}

/**
 * How the program's own text was given is no matter of the worker's, and Node refuses to start one with it. Then it has none of the
 * program's arguments, for Node refuses many more of those that a worker is given than of those that it inherits.
 */
function ownArguments(): { readonly execArgv?: string[] } {
  return process.execArgv.some((arg) => arg.startsWith("--input-type")) ? { execArgv: [] } : {};
}
