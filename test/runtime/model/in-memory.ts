import { Cache, json, MemoryBackend, SyncCache } from "@cachetory/runtime";
import type { Value } from "../../contract/model/cache-model.ts";
import type { ModelSubject } from "../../contract/model/model-contract.ts";

/** The cache without promises, likewise. */
export const inMemorySync: ModelSubject = {
  time: "fake",
  start: async () => ({
    openCache: (prefix, ttl, clock) =>
      new SyncCache<string, Value>({
        backend: new MemoryBackend({ now: () => clock.now() }),
        serializer: json(),
        prefix,
        ttl,
      }),
    stop: async () => {},
  }),
};

/** The cache over a backend in memory, by a clock that the model sets. */
export function inMemory(Memory: typeof MemoryBackend): ModelSubject {
  return {
    time: "fake",
    start: async () => ({
      openCache: (prefix, ttl, clock) =>
        new Cache<string, Value>({
          backend: new Memory({ now: () => clock.now() }),
          serializer: json(),
          prefix,
          ttl,
        }),
      stop: async () => {},
    }),
  };
}
