// What a hit of getOrSet costs where a cache has every policy that looks at it, beside the same cache without, by the
// processor's time, in turns.
// node bench/policies/bench-hits.mjs; needs redis-server on the path, or named by REDIS_SERVER, and npm run build.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Cache, json, MemoryBackend, RedisBackend, tag } from "@cachetory/runtime";

const rounds = 15;
const value = { id: 7, name: "Teapot", price: 12.5, tags: ["kitchen", "blue"], stock: { berlin: 3, hamburg: 0 } };

/** As the generator writes them for such a type. */
const live = {
  size: () => 200,
  keep: (given) => given,
  give: ({ id, name, price, tags, stock }) => ({ id, name, price, tags: [...tags], stock: { ...stock } }),
};

const policies = {
  stale: { whileRevalidate: "5m", onError: "1h", throttle: "30s" },
  timeouts: { soft: "100ms", hard: "2s" },
  jitter: 0.1,
};

/** What one that processes share may have besides: one of the two ways of writing back goes with `recovery`. */
const shared = {
  singleFlight: "cluster",
  negative: { ttl: "30s" },
  maxValueBytes: 1_000_000,
  recovery: true,
};
const tagged = { maxTtl: "2h", tags: { ofKey: (key) => [tag("product", key)] } };

const folder = mkdtempSync(path.join(tmpdir(), "cachetory-hits-"));
const port = await freePort();
const server = spawn(
  process.env["REDIS_SERVER"] ?? "redis-server",
  ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder],
  { stdio: "ignore" },
);

try {
  const kinds = [
    ["memory, the values themselves", () => new MemoryBackend(), { live }, 1, 200_000],
    ["memory, what json makes", () => new MemoryBackend(), {}, 1, 30_000],
    ["redis, 1 at a time", () => new RedisBackend({ host: "127.0.0.1", port }), {}, 1, 3000],
    ["redis, 32 at a time", () => new RedisBackend({ host: "127.0.0.1", port }), {}, 32, 20_000],
  ];
  for (const [name, make, options, width, calls] of kinds) {
    const isShared = name.startsWith("redis");
    for (const [which, declared] of [
      ["refresh-ahead 80%", { ...policies, refreshAhead: "80%" }],
      ["refresh-ahead xfetch", { ...policies, refreshAhead: "xfetch" }],
      ["all of them", { ...policies, refreshAhead: "80%", ...(isShared && shared), maxTtl: "2h" }],
      ["all of them, with tags of the key", { ...policies, refreshAhead: "80%", ...(isShared && shared), ...tagged }],
    ]) {
      const { ratio, low, high, plainUs } = await compare(make, options, declared, width, calls);
      const range = `${low.toFixed(2)} to ${high.toFixed(2)}`;
      console.log(`${name}, ${which}: ${ratio.toFixed(2)} (${range}) of ${plainUs.toFixed(2)} µs without`);
    }
  }
} finally {
  server.kill();
  await once(server, "exit");
  rmSync(folder, { recursive: true, force: true });
}

async function compare(make, options, declared, width, calls) {
  const base = { serializer: json(), ttl: "1h", ...options };
  const plain = new Cache({ ...base, backend: make(), prefix: "plain:" });
  const whole = new Cache({ ...base, ...declared, backend: make(), prefix: "whole:" });
  await Promise.all([plain.ready(), whole.ready()]);
  for (const cache of [plain, whole]) await cache.getOrSet("a", () => value);
  for (let turn = 0; turn < 3; turn += 1) for (const cache of [plain, whole]) await timed(cache, width, calls);
  const ratios = [];
  const plains = [];
  for (let round = 0; round < rounds; round += 1) {
    // In turns, and each first as often as the other.
    const order = round % 2 === 0 ? [plain, whole] : [whole, plain];
    const took = new Map();
    for (const cache of order) took.set(cache, await timed(cache, width, calls));
    ratios.push(took.get(whole) / took.get(plain));
    plains.push(took.get(plain) / calls);
  }
  await Promise.all([plain.close(), whole.close()]);
  ratios.sort((a, b) => a - b);
  plains.sort((a, b) => a - b);
  const middle = Math.floor(rounds / 2);
  return { ratio: ratios[middle], low: ratios[0], high: ratios.at(-1), plainUs: plains[middle] };
}

/** Microseconds of the processor. */
async function timed(cache, width, calls) {
  const load = () => {
    throw new Error("It is there.");
  };
  const before = process.cpuUsage();
  if (width === 1) for (let call = 0; call < calls; call += 1) await cache.getOrSet("a", load);
  else {
    for (let call = 0; call < calls; call += width) {
      await Promise.all(Array.from({ length: width }, () => cache.getOrSet("a", load)));
    }
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
