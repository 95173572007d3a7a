import { setImmediate as nextTurn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { RedisBackend, type RedisClient } from "@cachetory/runtime";
import { expect, test } from "vitest";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** A client that keeps nothing of what it is given but who waits, and whose server never answers. */
class SilentClient {
  readonly status = "ready";
  readonly options = {};
  readonly unanswered: Promise<never>[] = [];

  eval(): Promise<never> {
    const answer = new Promise<never>(() => {});
    this.unanswered.push(answer);
    return answer;
  }

  async getBuffer(): Promise<null> {
    return null;
  }

  sendCommand(): void {}
}

/** One that answers all but a certain key. */
class AnsweringClient extends SilentClient {
  mget(keys: readonly string[]): Promise<(string | null)[]> {
    return keys.includes("silent") ? new Promise<never>(() => {}) : Promise.resolve(keys.map(() => null));
  }
}

test("what a batch is written of is let go of when it is sent, and not when it is answered", async () => {
  const client = new SilentClient();
  const backend = new RedisBackend(client as unknown as RedisClient);
  const send = (): { readonly sent: readonly WeakRef<ArrayBuffer>[]; readonly stored: Promise<void> } => {
    const entries = Array.from(
      { length: 100 },
      (_, index) => [`k${index}`, new Uint8Array(new ArrayBuffer(32))] as const,
    );
    return { sent: entries.map(([, bytes]) => new WeakRef(bytes.buffer)), stored: backend.setMany(entries, 60_000) };
  };
  const { sent, stored } = send();
  let isOver = false;
  const over = (): void => {
    isOver = true;
  };
  stored.then(over, over);
  await nextTurn();
  collectGarbage();
  expect([client.unanswered.length, isOver]).toEqual([1, false]);
  expect(sent.filter((one) => one.deref() !== undefined)).toEqual([]);
});

test("the keys of a read are let go of when it is answered, and not when those after it are", async () => {
  const backend = new RedisBackend(new AnsweringClient() as unknown as RedisClient);
  const read = (): { readonly asked: WeakRef<readonly string[]>; readonly answered: Promise<unknown> } => {
    const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
    return { asked: new WeakRef(keys), answered: backend.getMany(keys, "text") };
  };
  const { asked, answered } = read();
  const silent = backend.getMany(["silent", "k0"], "text").catch(() => {});
  await answered;
  await nextTurn();
  collectGarbage();
  expect(asked.deref()).toBeUndefined();
  await silent;
});
