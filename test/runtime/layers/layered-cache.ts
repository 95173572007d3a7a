import {
  backendFromUrl,
  Cache,
  json,
  LayeredBackend,
  type LayeredBackendOptions,
  MemoryBackend,
  type RedisBackend,
} from "@cachetory/runtime";
import { until } from "../../support/until.ts";

/** A cache of two layers as one process has it, and what of it is near. */
export interface LayeredProcess extends AsyncDisposable {
  readonly cache: Cache<string, unknown>;
  readonly near: MemoryBackend;
  readonly backend: LayeredBackend;
}

/** As if it were in a process of its own: nothing is shared with others but the server. */
export function openProcess(
  far: string | RedisBackend,
  options: Omit<LayeredBackendOptions, "near" | "far"> & { readonly ttlOfCache?: "1m" | "forever" } = {},
): LayeredProcess {
  const near = new MemoryBackend();
  const backend = new LayeredBackend({
    heads: ["t:"],
    ...options,
    near,
    far: typeof far === "string" ? backendFromUrl(far) : far,
  });
  const cache = new Cache<string, unknown>({
    backend,
    serializer: json(),
    prefix: "t:",
    ttl: options.ttlOfCache ?? "1m",
  });
  return { cache, near, backend, [Symbol.asyncDispose]: () => cache.close() };
}

/** Reads until the near layer has it. */
export async function holdNear({ cache }: LayeredProcess, key: string): Promise<unknown> {
  await until(`${key} is near`, async () => {
    await cache.get(key);
    return cache.peek(key) !== undefined;
  });
  return cache.peek(key);
}
