import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";

/** What the yardstick's worker is started with. */
export interface BareStart {
  readonly port: MessagePort;
  readonly posted: SharedArrayBuffer;
  readonly url: string;
}

export type BareCommand =
  | { readonly name: "get"; readonly key: string }
  | { readonly name: "set"; readonly key: string; readonly text: string; readonly ttlMs: number }
  | { readonly name: "mget"; readonly keys: readonly string[] };

/** A plain ioredis in a plain worker, waited for with `Atomics`: no time limit, no errors, no bookkeeping. */
export class BareRoundTrip {
  readonly #port: MessagePort;
  readonly #counter: Int32Array;
  readonly #worker: Worker;

  constructor(url: string) {
    const { port1, port2 } = new MessageChannel();
    const posted = new SharedArrayBuffer(4);
    const workerData: BareStart = { port: port2, posted, url };
    const script = new URL("./sync-yardstick-worker.js", import.meta.url);
    this.#worker = new Worker(script, { workerData, transferList: [port2] });
    this.#port = port1;
    this.#counter = new Int32Array(posted);
  }

  run(command: BareCommand): unknown {
    const seen = Atomics.load(this.#counter, 0);
    this.#port.postMessage(command);
    for (;;) {
      Atomics.wait(this.#counter, 0, seen);
      const received = receiveMessageOnPort(this.#port);
      // What woke this thread may belong to the call before.
      if (received !== undefined) return received.message;
    }
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
