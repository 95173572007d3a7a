import { workerData } from "node:worker_threads";
import type { Backend } from "./backend.ts";
import { RedisBackend } from "./redis.ts";
import type { RedisRecipe } from "./sync-redis.ts";
import { type Answer, errorMessage, type Question, sendable, type WorkerStart } from "./worker-message.ts";

// The thread behind SyncRedisBackend: it owns the asynchronous backend, and answers what the blocked thread asks of it.

type Method = Exclude<keyof Backend, "name" | "holds" | "isShared" | "clear" | "sync" | "close" | symbol>;

// Whoever starts this thread starts it so.
const { port, posted, recipe } = workerData as WorkerStart<RedisRecipe>;
const counter = new Int32Array(posted);
let backend: Backend | undefined;

port.on("message", ([id, method, ...args]: Question) => {
  perform(id, method, args).then(
    (value) => post(id, "last", value),
    (error: unknown) => post(id, "error", errorMessage(error)),
  );
});
post(0, "last", undefined);

async function perform(id: number, method: string, args: readonly unknown[]): Promise<unknown> {
  backend ??= new RedisBackend(recipe);
  if (method === "findKeys") return findKeys(backend, id, String(args[0]));
  // SyncRedisBackend asks for no other.
  return Reflect.apply(backend[method as Method], backend, args);
}

/** Posts the keys that begin with `head`, batch by batch: what `clear` would look at, and nothing is deleted. */
async function findKeys(from: Backend, id: number, head: string): Promise<void> {
  let keys: string[] = [];
  const owns = (key: string): boolean => {
    keys.push(key);
    return false;
  };
  const onProgress = (): void => {
    post(id, "part", keys);
    keys = [];
  };
  await from.clear({ head, owns }, { onProgress });
}

function post(...[id, kind, content]: Answer): void {
  const moved: ArrayBuffer[] = [];
  port.postMessage([id, kind, sendable(content, true, moved)], moved);
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
}
