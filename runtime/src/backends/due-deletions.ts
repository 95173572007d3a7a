import { Retries } from "../policies/retries.ts";
import type { RedisCommands } from "./redis-commands.ts";
import { isRedirection, isRefusal, isReply, notConnected, whatIsTold } from "./redis-errors.ts";
import { groupKeys, masterAt, slotOf, unsized } from "./redis-slots.ts";

/** So many keys are remembered; beyond, the oldest are forgotten. */
const maxKeys = 10_000;

/** What holds a list or a hash has not been stored here: it is somebody else's, and stays. */
const deleteScript =
  "for i = 1, #KEYS do if type(redis.pcall('GETRANGE', KEYS[i], 0, 0)) == 'string' then redis.call('UNLINK', KEYS[i]) end end";

/**
 * Keys whose change has not been answered: it may have happened, or is still to happen when the server reads what it was sent.
 * They are deleted behind it on the same connection, and again first thing on the next one, until that has been answered.
 * What this process writes later comes after the deletion, on whichever connection that is.
 */
export class DueDeletions {
  readonly #client: () => RedisCommands | undefined;
  readonly #inOrder: () => RedisCommands | undefined;
  readonly #isCluster: boolean;
  /** In the order in which they came, with what tells one time from the next. */
  readonly #due = new Map<string, number>();
  readonly #retries: Retries;
  #count = 0;
  #isDue = false;
  #isStopped = false;
  #hasScripts = true;

  /**
   * @param client - the one that is connected
   * @param inOrder - the one that sends what it is given in the order of calls, now or once it is connected
   */
  constructor(
    client: () => RedisCommands | undefined,
    isCluster: boolean,
    inOrder: () => RedisCommands | undefined = client,
  ) {
    this.#client = client;
    this.#inOrder = inOrder;
    this.#isCluster = isCluster;
    this.#retries = new Retries(
      () => this.send(),
      () => this.#due.size === 0,
    );
  }

  add(keys: readonly string[]): void {
    if (this.#isStopped) return;
    for (const key of keys) {
      this.#due.delete(key);
      this.#due.set(key, this.#count++);
    }
    for (const oldest of this.#due.keys()) {
      if (this.#due.size <= maxKeys) break;
      this.#due.delete(oldest);
    }
    if (this.#isDue || this.#due.size === 0) return;
    // What fails together is deleted together.
    this.#isDue = true;
    const added = this.#count - keys.length;
    process.nextTick(() => {
      this.#isDue = false;
      this.#send([...this.#due].flatMap(([key, at]) => (at >= added ? [key] : []))).catch(() =>
        this.#retries.schedule(),
      );
    });
  }

  /**
   * Something else is about to change these keys: those that are due are deleted before it, and not after it, when it may have
   * stored what is newer. Sends before it returns.
   *
   * @param others - of another connection, where the same keys may be due
   * @returns what is to be called where that change is refused; nothing where none of them is due
   */
  overtake(keys: string | readonly string[], others?: DueDeletions): (() => void) | undefined {
    if (this.#due.size === 0 && others?.isEmpty !== false) return undefined;
    const isDue = (key: string): boolean => {
      const isDueElsewhere = others?.forget(key) === true;
      return this.#due.delete(key) || isDueElsewhere;
    };
    const due = (typeof keys === "string" ? [keys] : keys).filter(isDue);
    if (due.length === 0) return undefined;
    const isSent = this.#send(due, this.#inOrder()).then(
      () => true,
      () => false,
    );
    return async () => {
      // A server that refuses both has still what was to be deleted.
      if (!(await isSent)) this.add(due);
    };
  }

  get isEmpty(): boolean {
    return this.#due.size === 0;
  }

  /** Whether it was due, which is left to another connection. */
  forget(key: string): boolean {
    return this.#due.delete(key);
  }

  /** Deletes all that are due. Sends before it returns. */
  send(): Promise<void> {
    return this.#send([...this.#due.keys()]);
  }

  /** A server answers again that may have some of them. */
  hasten(): void {
    this.#retries.hasten();
  }

  stop(): void {
    this.#isStopped = true;
    this.#due.clear();
    this.#retries.stop();
  }

  /**
   * A Cluster's client sends on what a server redirects, or cannot serve at the moment: it could come behind what is written
   * meanwhile. The server itself has it first, or not at all.
   */
  #serverOf(client: RedisCommands, [key = ""]: readonly string[]): RedisCommands {
    if (!this.#isCluster || client.slots === undefined) return client;
    const server = masterAt(client, client.slots[slotOf(key)]?.[0]);
    if (server === undefined) {
      client.refreshSlotsCache?.();
      throw notConnected(undefined);
    }
    return server;
  }

  async #send(keys: readonly string[], client = this.#client()): Promise<void> {
    if (keys.length === 0) return;
    if (client === undefined) throw notConnected(undefined);
    const before = this.#count;
    const groups = groupKeys(keys, unsized, this.#isCluster);
    await Promise.all(
      groups.map(async (indexes) => {
        const group = indexes.map((index) => keys[index] ?? "");
        try {
          await this.#delete(this.#serverOf(client, group), group);
        } catch (cause) {
          if (isRedirection(cause)) client.refreshSlotsCache?.();
          // A server that refuses it will do so again.
          if (!isReply(cause) || whatIsTold(cause) !== "answer" || isRedirection(cause)) throw cause;
        }
        for (const key of group) if ((this.#due.get(key) ?? before) < before) this.#due.delete(key);
      }),
    );
  }

  async #delete(server: RedisCommands, keys: readonly string[]): Promise<void> {
    if (this.#hasScripts) {
      try {
        await server.eval(deleteScript, keys.length, ...keys);
        return;
      } catch (cause) {
        if (!isRefusal(cause)) throw cause;
        this.#hasScripts = false;
      }
    }
    await server.unlink(...keys);
  }
}
