// Run with --disallow-code-generation-from-strings: prints what has worked.
import { Cache, json, MemoryBackend, serializerFromUrl, tag } from "@cachetory/runtime";

process.env.TEST_KEYS = `a:${Buffer.alloc(32, 1).toString("base64")}`;

try {
  new Function("return 1")();
} catch {
  console.log("forbidden");
}

const value = [{ a: 1, b: ["x", null, true], c: { d: 1.5 } }];
const pipelines = {
  json: value,
  "json://?strict=true": value,
  text: "text",
  bytes: Uint8Array.of(1, 2),
  noop: value,
  v8: value,
  msgpack: value,
  pickle: value,
  "json+zlib": value,
  "json+gzip": value,
  "json+brotli": value,
  "json+zstd": value,
  "json+aes-gcm://?keys=TEST_KEYS": value,
  "json+hmac://?keys=TEST_KEYS": value,
};
for (const [url, given] of Object.entries(pipelines)) {
  const serializer = serializerFromUrl(url);
  // More than once: some packages make code of what comes again and again.
  for (let count = 0; count < 200; count++) {
    const read = serializer.deserialize(serializer.serialize(given, { key: "k" }), { key: "k" });
    if (JSON.stringify(read) !== JSON.stringify(given)) throw new Error(`${url} gives another value.`);
  }
  console.log(url);
}

const cache = new Cache({
  name: "all",
  backend: new MemoryBackend(),
  serializer: json(),
  ttl: "1h",
  maxTtl: "1h",
  stale: { whileRevalidate: "1m", onError: "1h" },
  refreshAhead: "80%",
  tags: { ofKey: () => [tag("item", "a")] },
});
await cache.getOrSet("a", () => 1);
if ((await cache.get("a")) !== 1) throw new Error("The cache has lost its entry.");
await cache.close();
console.log("cache");
