import { setImmediate } from "node:timers/promises";
import type {
  Backend,
  ClearOptions,
  GuardedBackend,
  GuardedEntry,
  GuardedRead,
  KeyRange,
  Kind,
  StoreOptions,
} from "@cachetory/runtime";

/** One thing that a process does in one go, where others may come before and after. */
interface Step {
  run(): void;
}

/** What several processes do, step by step, in an order that a test says. */
export class Steps {
  readonly #pending = new Map<string, Step[]>();

  /** Does it when the process has its turn; what a process asks for first is done first. */
  take<T>(process: string, act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const queue = this.#pending.get(process) ?? [];
      this.#pending.set(process, queue);
      queue.push({
        run: () => {
          try {
            resolve(act());
          } catch (cause) {
            reject(cause);
          }
        },
      });
    });
  }

  /** Lets processes go on until nobody has anything to do. `choose` picks one of those that have. */
  async runAll(choose: (ready: readonly string[]) => string): Promise<void> {
    for (;;) {
      // What the last step has set off runs as far as it can: to the next steps.
      await setImmediate();
      const ready = [...this.#pending].filter(([, queue]) => queue.length > 0).map(([process]) => process);
      if (ready.length === 0) return;
      this.#pending.get(choose(ready))?.shift()?.run();
    }
  }
}

/** Runs `simulate` once for every order in which the steps of its processes can come; how many orders there are. */
export async function everyOrder(
  simulate: (choose: (ready: readonly string[]) => string, order: () => string) => Promise<void>,
): Promise<number> {
  let prefix: number[] | undefined = [];
  let count = 0;
  while (prefix !== undefined) {
    const taken: { readonly index: number; readonly of: number }[] = [];
    const names: string[] = [];
    const given: readonly number[] = prefix;
    const choose = (ready: readonly string[]): string => {
      const index = given[taken.length] ?? 0;
      taken.push({ index, of: ready.length });
      const name = ready[index] ?? "";
      names.push(name);
      return name;
    };
    await simulate(choose, () => names.join(" "));
    count += 1;
    prefix = undefined;
    for (let at = taken.length - 1; at >= 0 && prefix === undefined; at -= 1) {
      const { index, of } = taken[at] ?? { index: 0, of: 0 };
      if (index + 1 < of) prefix = [...taken.slice(0, at).map((each) => each.index), index + 1];
    }
  }
  return count;
}

/** What one server holds, for all processes. */
export class SteppedServer {
  readonly entries = new Map<string, unknown>();
  readonly guards = new Map<string, string>();
  readonly leases = new Map<string, string>();
  /** How often an entry was read. */
  reads = 0;
  readonly #steps: Steps;
  #lastGuard = 0;

  constructor(steps: Steps) {
    this.#steps = steps;
  }

  /** The backend as one process has it: each of its calls is a step. */
  backend(process: string): Backend {
    const server = this;
    const step = <T>(act: () => T): Promise<T> => this.#steps.take(process, act);
    const read = (key: string): unknown => {
      server.reads += 1;
      return server.entries.get(key);
    };
    const store = (key: string, stored: unknown, ifNotExists: boolean | undefined): boolean => {
      if (ifNotExists === true && server.entries.has(key)) return false;
      server.entries.set(key, stored);
      return true;
    };
    const owned = (keys: Iterable<string>, range: KeyRange): string[] => [...keys].filter((key) => range.owns(key));
    const backendOf = (isGuarded: boolean): GuardedBackend => {
      const voided = (key: string): void => {
        if (isGuarded) server.guards.delete(key);
      };
      const change = <T>(keys: readonly string[], act: () => T): Promise<T> =>
        step(() => {
          for (const key of keys) voided(key);
          return act();
        });
      const self: GuardedBackend = {
        name: "stepped",
        holds: ["text"],
        isShared: true,
        leases: {
          take: (key, token) => step(() => !server.leases.has(key) && server.leases.set(key, token).has(key)),
          extend: (key, token) => step(() => server.leases.get(key) === token),
          release: (key, token) => step(() => server.leases.get(key) === token && server.leases.delete(key)),
        },
        guarded: () => backendOf(true),
        ready: async () => {},
        get: (key: string, _as: Kind) => step(() => read(key)),
        getMany: (keys: readonly string[], _as: Kind) => step(() => keys.map(read)),
        getGuarded: (key, _as, _guardMs, leave): Promise<GuardedRead> =>
          step(() => {
            const stored = read(key);
            if (stored !== undefined && leave === "absent") return { stored, guard: undefined };
            server.#lastGuard += 1;
            const own = `guard ${server.#lastGuard}`;
            const guard = leave === "anew" ? own : (server.guards.get(key) ?? own);
            server.guards.set(key, guard);
            return { stored, guard };
          }),
        setGuarded: (entries: readonly GuardedEntry[]) =>
          step(() => {
            for (const { key, stored, guard, ifNotExists } of entries) {
              if (server.guards.get(key) !== guard) continue;
              server.guards.delete(key);
              store(key, stored, ifNotExists);
            }
          }),
        set: (key: string, stored: unknown, options: StoreOptions) =>
          change([key], () => store(key, stored, options.ifNotExists)),
        setMany: (entries) =>
          change(
            entries.map(([key]) => key),
            () => {
              for (const [key, stored] of entries) store(key, stored, false);
            },
          ),
        expireIn: (key) => step(() => server.entries.has(key)),
        expireAt: (key) => change([key], () => server.entries.delete(key)),
        ttl: (key) => step(() => (server.entries.has(key) ? 1 : undefined)),
        has: (key) => step(() => server.entries.has(key)),
        take: (key) =>
          change([key], () => {
            const stored = read(key);
            server.entries.delete(key);
            return stored;
          }),
        delete: (key) => change([key], () => server.entries.delete(key)),
        deleteMany: (keys) => change(keys, () => keys.filter((key) => server.entries.delete(key)).length),
        async *scan(range: KeyRange) {
          yield await step(() => owned(server.entries.keys(), range));
        },
        async clear(range: KeyRange, _options: ClearOptions): Promise<number> {
          // As on Redis: what is there is found in one step, and deleted in the next one.
          const found = await step(() =>
            owned([...server.entries.keys(), ...(isGuarded ? server.guards.keys() : [])], range),
          );
          return self.deleteMany([...new Set(found)]);
        },
        close: async () => {},
        [Symbol.asyncDispose]: async () => {},
      };
      return self;
    };
    return backendOf(false);
  }
}
