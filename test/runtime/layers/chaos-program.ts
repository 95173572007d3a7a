/** What a process of the chaos test is told, and answers with `{}`, or with what it has near. */
export type ChaosOrder = { readonly work: number } | { readonly report: true };

/** Keys that all processes read and write. */
export const chaosKeys: readonly string[] = Array.from({ length: 60 }, (_, index) => `k${index}`);

/**
 * A program that reads and writes as many keys as it can, at random, with a near layer, and tells what is near when it is
 * asked. `unguarded` keeps what it reads without asking whether a change has overtaken it.
 */
export function chaosProgram(url: string, near: "layered" | "unguarded"): string {
  return `
    import { backendFromUrl, Cache, json, LayeredBackend, MemoryBackend } from "@cachetory/runtime";

    const far = backendFromUrl(${JSON.stringify(url)});
    const keys = ${JSON.stringify(chaosKeys)};
    const cache = new Cache({
      backend: ${near === "layered"} ? new LayeredBackend({ near: new MemoryBackend(), far, heads: ["t:"] }) : far,
      serializer: json(),
      prefix: "t:",
      ttl: "10m",
    });
    const peek = ${near === "layered"} ? (key) => cache.peek(key) : (key) => unguarded.get(key);
    const get = ${near === "layered"} ? (key) => cache.get(key) : getUnguarded;

    const unguarded = new Map();
    let isOpen = false;
    if (${near === "unguarded"}) {
      far.far.feed("tracking").listen({
        opened() { isOpen = true; },
        closed() { isOpen = false; unguarded.clear(); },
        changed({ kind, keys = [] }) {
          if (kind !== "keys") unguarded.clear();
          for (const key of keys) unguarded.delete(key.slice(2));
        },
      }, ["t:"]);
    }
    async function getUnguarded(key) {
      if (unguarded.has(key)) return unguarded.get(key);
      const value = await cache.get(key);
      if (isOpen && value !== undefined) unguarded.set(key, value);
      return value;
    }

    let writes = 0;
    async function step() {
      const key = keys[Math.floor(Math.random() * keys.length)];
      const chance = Math.random();
      try {
        if (chance < 0.6) await get(key);
        else if (chance < 0.9) await cache.set(key, process.pid + ":" + ++writes);
        else if (chance < 0.95) await cache.delete(key);
        else await cache.setMany({ [key]: process.pid + ":" + ++writes, k0: process.pid + ":" + ++writes });
      } catch {
        // The server is away.
      }
    }
    async function workUntil(endMs) {
      while (performance.now() < endMs) await step();
    }

    process.on("disconnect", () => process.exit());
    process.on("message", async ({ work, report }) => {
      if (work !== undefined) {
        const endMs = performance.now() + work;
        await Promise.all(Array.from({ length: 8 }, () => workUntil(endMs)));
      }
      process.send(report ? Object.fromEntries(keys.map((key) => [key, peek(key)])) : {});
    });
    await get("k0");
    process.send({});
  `;
}
