import type { RedisCommands } from "./redis-commands.ts";

interface Waiting {
  readonly isRead: boolean;
  start(client: RedisCommands): void;
  fail(error: Error): void;
}

/** How long a command waits at most, in milliseconds, and what it fails with then. */
interface WaitLimit {
  readonly limitMs: number;
  tooLong(): Error;
}

/** Commands that wait for a connection. */
export class WaitingCommands {
  readonly #waiting = new Set<Waiting>();

  get size(): number {
    return this.#waiting.size;
  }

  /** @param limit - where nothing else ends its waiting in time */
  add<T>(isRead: boolean, command: (client: RedisCommands) => Promise<T>, limit?: WaitLimit): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
      };
      const waiting: Waiting = {
        isRead,
        start: (client) => {
          leave();
          command(client).then(resolve, reject);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      const timer = limit && setTimeout(() => waiting.fail(limit.tooLong()), limit.limitMs);
      this.#waiting.add(waiting);
    });
  }

  start(client: RedisCommands): void {
    for (const waiting of this.#waiting) waiting.start(client);
  }

  fail(error: Error): void {
    for (const waiting of this.#waiting) waiting.fail(error);
  }

  failReads(error: Error): void {
    for (const waiting of this.#waiting) if (waiting.isRead) waiting.fail(error);
  }
}
