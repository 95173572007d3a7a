import { workerData } from "node:worker_threads";
import { Redis } from "ioredis";
import type { BareCommand, BareStart } from "./sync-yardstick.ts";

// The least that a thread with a client can do: one command a message, and the answer as it comes.
const { port, posted, url } = workerData as BareStart;
const counter = new Int32Array(posted);
const client = new Redis(url);

port.on("message", (command: BareCommand) => {
  void answer(command).then((value) => {
    port.postMessage(value);
    Atomics.add(counter, 0, 1);
    Atomics.notify(counter, 0);
  });
});

function answer(command: BareCommand): Promise<unknown> {
  switch (command.name) {
    case "get":
      return client.get(command.key);
    case "set":
      return client.set(command.key, command.text, "PX", command.ttlMs);
    case "mget":
      return client.mget([...command.keys]);
  }
}
