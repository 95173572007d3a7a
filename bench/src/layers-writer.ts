import { backendFromUrl, LayeredBackend, MemoryBackend } from "@cachetory/runtime";
import { generatedCache } from "./generated-caches.ts";
import { type Product, productOf } from "./payloads/product.ts";

/** When a write of this process began and was answered: milliseconds since 1970, to the microsecond. */
export interface WrittenAt {
  readonly calledAtMs: number;
  readonly answeredAtMs: number;
}

// A process that writes when it is told to, as any other that has the same cache.
const backend = new LayeredBackend({
  near: new MemoryBackend(),
  far: backendFromUrl(String(process.argv[2])),
  heads: ["product:"],
});
const cache = await generatedCache<Product>("product", backend);
await backend.ready();

process.on("message", async (update: number) => {
  const calledAtMs = performance.timeOrigin + performance.now();
  await cache.set({ id: 0 }, productOf(update % 1000));
  process.send?.({ calledAtMs, answeredAtMs: performance.timeOrigin + performance.now() } satisfies WrittenAt);
});
process.on("disconnect", () => process.exit());
process.send?.({});
