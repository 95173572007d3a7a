// Measures what worker threads are good for: which steps take longer than handing over their value, how long a call holds
// up the event loop with and without `offload`, and how long it takes. Prints tables; --write puts them into results.md.
//
// Everything is measured in turn within a round, so that a slow phase of the machine hits all of it; numbers are medians.
import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, type } from "node:os";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { Cache, MemoryBackend, offload, serializerFromUrl, WorkerPool } from "@cachetory/runtime";

const rounds = 5;
const sizes = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const steps = ["json", "json://?strict=true", "v8", "msgpack", "pickle", "zstd", "zlib", "brotli"];
const pipelines = [
  "json+zstd",
  "json+brotli",
  "json+brotli://?compression-level=9",
  "msgpack",
  "pickle",
  "pickle+zstd",
];

/** Products, of about so many bytes of JSON. */
function products(bytes) {
  const items = [];
  for (let length = 2, id = 0; length < bytes; id++) {
    const item = {
      id,
      name: `Product number ${id}`,
      price: id * 1.25 + 0.1,
      tags: ["tea", "kettle", `t${id % 7}`],
      stock: id % 3 === 0,
      note: `Lorem ipsum dolor sit amet, consectetur ${((id * 2_654_435_761) % 4_294_967_296).toString(36)}`,
    };
    length += JSON.stringify(item).length + 1;
    items.push(item);
  }
  return items;
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1];
}

function timed(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Milliseconds on the calling thread, one way and the other, by step and size. */
function measureSteps() {
  const { port1, port2 } = new MessageChannel();
  const table = new Map();
  for (const size of sizes) {
    const value = products(size);
    const text = Buffer.from(JSON.stringify(value));
    const cells = steps.map((url) => {
      const step = serializerFromUrl(url);
      const input = step.in === "bytes" ? text : value;
      const stored = step.serialize(input);
      return { name: url, there: () => step.serialize(input), back: () => step.deserialize(stored) };
    });
    cells.unshift({
      name: "a copy to another thread and from it",
      there: () => port1.postMessage(value),
      back: () => receiveMessageOnPort(port2),
    });
    const times = new Map(cells.map(({ name }) => [name, { there: [], back: [] }]));
    for (let round = 0; round < Math.max(rounds, 200_000 / size); round++) {
      for (const { name, there, back } of cells) {
        times.get(name).there.push(timed(there));
        times.get(name).back.push(timed(back));
      }
    }
    for (const [name, { there, back }] of times) {
      if (!table.has(name)) table.set(name, []);
      table.get(name).push(`${shown(median(there))} / ${shown(median(back))}`);
    }
  }
  port1.close();
  return table;
}

/** The longest time for which the event loop stands still during a call, and how long the call takes, in milliseconds. */
async function measureCall(call) {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  // It measures from its first tick on.
  await sleep(10);
  const start = performance.now();
  await call();
  const duration = performance.now() - start;
  // A block shows when the loop has come round once more.
  await sleep(5);
  delays.disable();
  return { block: delays.max / 1e6, duration };
}

/** Rows of medians by pipeline and size: set and get, on the calling thread and offloaded. */
async function measureCalls() {
  const pool = new WorkerPool();
  const rows = [];
  for (const size of [1_000_000, 10_000_000]) {
    const value = products(size);
    const cells = pipelines.flatMap((url) => {
      const serializer = serializerFromUrl(url);
      return [undefined, offload({ pool })].map((work) => ({
        name: url,
        cache: new Cache({ backend: new MemoryBackend({ maxBytes: 2 ** 30 }), serializer, offload: work }),
        set: [],
        get: [],
      }));
    });
    for (const { cache } of cells) await cache.set("key", value);
    for (let round = 0; round < rounds; round++) {
      for (const { cache, set, get } of cells) {
        set.push(await measureCall(() => cache.set("key", value)));
        get.push(await measureCall(() => cache.get("key")));
      }
    }
    for (let index = 0; index < cells.length; index += 2) {
      const [here, away] = cells.slice(index, index + 2);
      rows.push([here.name, `${size / 1e6} MB`, ...["set", "get"].flatMap((call) => compared(here[call], away[call]))]);
    }
  }
  await pool.close();
  return rows;
}

function compared(here, away) {
  return ["block", "duration"].map((what) => {
    const [before, after] = [here, away].map((calls) => median(calls.map((call) => call[what])));
    return `${shown(before)} → ${shown(after)}`;
  });
}

function shown(ms) {
  return ms < 0.1 ? ms.toFixed(3) : ms < 10 ? ms.toFixed(2) : ms.toFixed(0);
}

function markdown(head, rows) {
  return [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows]
    .map((row) => `| ${row.join(" | ")} |`)
    .join("\n");
}

const busy = loadavg()[0].toFixed(1);
const stepRows = [...measureSteps()].map(([name, cells]) => [name, ...cells]);
const callRows = await measureCalls();
const text = `# \`offload\`, measured

Written by \`node bench/offload/bench-offload.mjs --write\`. ${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${type()} ${release()}, Node ${process.version}. Medians of ${rounds} rounds or more, all in turn. Load of the machine: ${busy} at the beginning; where that is more than its cores, an idle machine is faster by as
much, and what is compared stays comparable.

## What a step takes on the calling thread

Milliseconds to serialize or compress / to deserialize or decompress products of so many bytes of JSON. What takes no longer than the copy that a
worker thread would have to be given stays on the calling thread.

${markdown(["step", ...sizes.map((size) => (size < 1e6 ? `${size / 1e3} KB` : `${size / 1e6} MB`))], stepRows)}

## What a call takes

Milliseconds, in memory, on the calling thread → with \`offload\`. A block is the longest time for which the event loop stood still
(\`monitorEventLoopDelay\`, which never shows less than about 1 ms).

${markdown(["serializer", "JSON", "set, block", "set, duration", "get, block", "get, duration"], callRows)}
`;
console.log(text);
if (process.argv.includes("--write")) writeFileSync(new URL("results.md", import.meta.url), text);
