import {
  type Backend,
  BackendUnavailableError,
  type ClearOptions,
  type KeyRange,
  type StoreOptions,
  type SyncBackend,
} from "@cachetory/runtime";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type BackendSubject, backendContract } from "./backend.ts";

/** A backend without promises under the contract. */
export interface SyncBackendSubject extends Pick<BackendSubject, "now" | "passTime"> {
  make(): SyncBackend;
}

/** What every backend does, of one without promises: the very same suite, and what is special about it. */
export function syncBackendContract(name: string, subject: SyncBackendSubject): void {
  let kept: SyncBackend | undefined;

  // To begin with a thread and a connection takes longer than most tests: one serves until a test closes it.
  const open = (): SyncBackend => {
    if (kept === undefined || isClosed(kept)) kept = subject.make();
    return kept;
  };
  afterAll(() => kept?.close());

  backendContract(name, { ...subject, isBlocking: true, make: () => lift(open()), release: async () => {} });

  describe(`the backend ${name}, without promises`, () => {
    let backend: SyncBackend;
    let keys: string[];

    beforeEach(() => {
      backend = open();
      keys = [1, 2, 3].map((part) => `sync:${name}:${expect.getState().currentTestName}:${part}`);
    });

    test("has its answer when it returns", () => {
      const [key = ""] = keys;
      expect(backend.ready()).toBeUndefined();
      expect(backend.set(key, "x", {})).toBe(true);
      expect(backend.get(key, "text")).toBe("x");
      expect(backend.ttl(key)).toBe("forever");
      expect(backend.delete(key)).toBe(true);
    });

    test("closes at the end of a block, and throws afterwards", () => {
      {
        using closing = backend;
        closing.setMany([["a", "x"]], 60_000);
      }
      expect(() => backend.get("a", "text")).toThrow(BackendUnavailableError);
      expect(() => backend.set("a", "x", {})).toThrow(
        expect.objectContaining({ code: "UNAVAILABLE", outcome: "none" }),
      );
    });

    test("asks in the middle of a clear, and ends it by throwing", () => {
      backend.setMany(
        keys.map((key) => [key, "x"] as const),
        60_000,
      );
      const [first = ""] = keys;
      const range: KeyRange = { head: first.slice(0, -1), owns: (key) => keys.includes(key) };
      const seen: unknown[] = [];
      expect(
        backend.clear(range, {
          dryRun: true,
          onProgress: () => seen.push(...backend.getMany(keys, "text")),
        }),
      ).toBe(3);
      expect(seen).toContain("x");
      const onProgress = (): void => {
        throw new Error("enough");
      };
      expect(() => backend.clear(range, { dryRun: true, onProgress })).toThrow("enough");
      expect(backend.clear(range, {})).toBe(3);
      expect(backend.clear(range, {})).toBe(0);
    });
  });
}

function isClosed(backend: SyncBackend): boolean {
  try {
    backend.ready();
    return false;
  } catch {
    return true;
  }
}

/** The same with promises, so that one suite serves both kinds. */
export function lift(sync: SyncBackend): Backend {
  const { setManyEach } = sync;
  return {
    ...(setManyEach && { setManyEach: async (entries, ifNotExists) => setManyEach.call(sync, entries, ifNotExists) }),
    name: sync.name,
    holds: sync.holds,
    isShared: sync.isShared,
    ready: async () => sync.ready(),
    get: async (key, as) => sync.get(key, as),
    getMany: async (keys, as) => sync.getMany(keys, as),
    set: async (key: string, stored: unknown, options: StoreOptions) => sync.set(key, stored, options),
    setMany: async (entries, ttlMs) => sync.setMany(entries, ttlMs),
    expireIn: async (key, ttlMs) => sync.expireIn(key, ttlMs),
    expireAt: async (key, atMs) => sync.expireAt(key, atMs),
    ttl: async (key) => sync.ttl(key),
    has: async (key) => sync.has(key),
    take: async (key, as) => sync.take(key, as),
    delete: async (key) => sync.delete(key),
    deleteMany: async (keys) => sync.deleteMany(keys),
    async *scan(range) {
      yield* sync.scan(range);
    },
    clear: async (range, options) => clear(sync, range, options),
    close: async () => sync.close(),
    [Symbol.asyncDispose]: async () => sync[Symbol.dispose](),
  };
}

/** A signal is aborted by `onProgress` if by anything, for nothing else runs meanwhile; and what that throws ends a clear. */
function clear(sync: SyncBackend, range: KeyRange, { signal, onProgress, ...options }: ClearOptions): number {
  const refuseAborted = (): void => {
    if (signal?.aborted === true) throw signal.reason;
  };
  refuseAborted();
  return sync.clear(range, {
    ...options,
    onProgress: (progress) => {
      onProgress?.(progress);
      refuseAborted();
    },
  });
}
