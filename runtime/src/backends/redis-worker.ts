import { workerData } from "node:worker_threads";
import type { Backend, StoreOptions } from "./backend.ts";
import { RedisBackend } from "./redis.ts";
import type { SyncBackend } from "./sync-backend.ts";
import type { RedisRecipe } from "./sync-redis.ts";
import { type Answer, errorMessage, type Question, sendable, type WorkerStart } from "./worker-message.ts";

// The thread behind SyncRedisBackend: it owns the asynchronous backend, and answers what the blocked thread asks of it.

type Method = Exclude<
  keyof SyncBackend & keyof RedisBackend,
  "name" | "holds" | "isShared" | "storeLoaded" | "scan" | "clear" | "close" | symbol
>;

// Whoever starts this thread starts it so.
const { port, posted, recipe } = workerData as WorkerStart<RedisRecipe>;
const counter = new Int32Array(posted);
/** Scans that are not over, by the number that the other thread gave them. */
const scans = new Map<unknown, AsyncIterator<readonly string[]>>();
let backend: RedisBackend | undefined;

port.on("message", ([id, method, ...args]: Question) => {
  perform(method, args).then(
    (value) => post(id, "value", value),
    (error: unknown) => post(id, "error", errorMessage(error)),
  );
});
post(0, "value", undefined);

async function perform(method: string, args: readonly unknown[]): Promise<unknown> {
  backend ??= new RedisBackend(recipe);
  if (method === "nextKeys") return nextKeys(backend, args[0], String(args[1]));
  if (method === "storeLoaded") {
    const [key, stored, options] = args;
    return storeLoaded(backend, String(key), stored, options as StoreOptions);
  }
  if (method === "leaveKeys") return void scans.delete(args[0]);
  // SyncRedisBackend asks for no other.
  return Reflect.apply(backend[method as Method], backend, args);
}

/** Stores within the time of a read. What takes longer is told as that, and deleted behind. */
async function storeLoaded(to: RedisBackend, key: string, stored: unknown, options: StoreOptions): Promise<boolean> {
  const written = to.set(key, stored, options);
  let isOver = false;
  const settled = written.finally(() => {
    isOver = true;
  });
  try {
    return await to.patience.within(settled, to.patience.budgetMs(1));
  } catch (cause) {
    if (!isOver) {
      to.patience.invalidate([key]);
      settled.catch(() => {});
    }
    throw cause;
  }
}

/** The next batch of keys that begin with `head`; `undefined` after the last. */
async function nextKeys(from: Backend, id: unknown, head: string): Promise<readonly string[] | undefined> {
  const scan = scans.get(id) ?? from.scan({ head, owns: () => true })[Symbol.asyncIterator]();
  // It stays away where it fails, and where it is over.
  scans.delete(id);
  const { done, value } = await scan.next();
  if (done === true) return undefined;
  scans.set(id, scan);
  return value;
}

function post(...[id, kind, content]: Answer): void {
  const moved: ArrayBuffer[] = [];
  port.postMessage([id, kind, sendable(content, true, moved)], moved);
  Atomics.add(counter, 0, 1);
  Atomics.notify(counter, 0);
}
