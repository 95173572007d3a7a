// Measures hits and writes of generated caches on memory:// beside a bare Map and other caches, in one run. Prints tables;
// --write puts them into results.md. Everything is measured in turn within a round, so that a slow phase of the machine hits
// all of it; ratios are medians of the rounds' own.
//
// A contender is a function in contenders/: what it is given is below, what it answers is what it can do, by row.
import { writeFileSync } from "node:fs";
import { cpus, loadavg, release, type } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { cachetory } from "./contenders/cachetory.mjs";
import { lruCache } from "./contenders/lru-cache.mjs";
import { map } from "./contenders/map.mjs";
import { generatedCaches } from "./generated-caches.mjs";

const rounds = Number(process.env.ROUNDS ?? "41");
const callsPerSlice = 65_536;
const entryCount = 8192;
const ttlMs = 3_600_000;

let seed = 42;
function below(count) {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return (seed >> 4) % count;
}
const pick = (list) => list[below(list.length)];
const hex = (length) => Array.from({ length }, () => below(16).toString(16)).join("");
const uuid = () => [8, 4, 4, 4, 12].map(hex).join("-");

function user() {
  return {
    id: uuid(),
    email: `${hex(6)}@example.com`,
    name: `${hex(5)} ${hex(8)}`,
    locale: pick(["en", "nl"]),
    createdAt: new Date(1.6e12 + below(1e9)).toISOString(),
    avatar: below(2) > 0 ? `https://cdn.example.com/${hex(8)}.png` : null,
    isVerified: below(2) > 0,
    plan: pick(["free", "pro", "team"]),
    followers: below(5000),
    following: below(500),
    settings: { theme: "dark", mail: true, push: below(2) > 0, pageSize: pick([10, 20, 50]) },
    tags: Array.from({ length: below(4) }, () => hex(5)),
  };
}

const byId = Array.from({ length: entryCount }, (_, id) => ({ key: { id }, text: `a:${id}`, value: user() }));
const byUuid = Array.from({ length: entryCount }, () => {
  const [userId, locale] = [uuid(), pick(["en", "nl"])];
  return { key: { userId, locale }, text: `user:${userId}:profile:${locale}`, value: user() };
});

const { createCaches } = await generatedCaches();
const given = (entries, maxEntries = 2 * entryCount) => ({ entries, maxEntries, ttlMs, createCaches });

/** Keys are read all over, not one after the other. */
const strided = (call) => (call * 2053) & (entryCount - 1);
const load = async () => user();

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

function timeSync(run) {
  collectGarbage();
  const start = performance.now();
  let sum = 0;
  for (let call = 0; call < callsPerSlice; call++) sum += run(strided(call)) === undefined ? 1 : 0;
  const ns = ((performance.now() - start) * 1e6) / callsPerSlice;
  if (sum > 0) throw new Error("A hit was none.");
  return ns;
}

async function timeAsync(run) {
  collectGarbage();
  const start = performance.now();
  for (let call = 0; call < callsPerSlice; call++) await run(strided(call));
  return ((performance.now() - start) * 1e6) / callsPerSlice;
}

const rows = {
  peek: ({ peek }) => timeSync(peek),
  get: ({ get }) => timeAsync(get),
  getOrSet: ({ getOrSet }) => timeAsync((index) => getOrSet(index, load)),
};

function writing(entries) {
  const values = entries.map(() => user());
  return ({ set }) =>
    timeSync((index) => {
      set(index, values[index]);
      return true;
    });
}

const subjects = [
  {
    title: "Hits by a number",
    rows,
    contenders: [
      map(given(byId)),
      lruCache(given(byId)),
      await cachetory("share", "shareById", given(byId)),
      await cachetory("freeze", "freezeById", given(byId)),
      await cachetory("clone", "cloneById", given(byId)),
      await cachetory("typed, clone", "typedById", given(byId)),
      await cachetory("v8, decoded each time", "storedById", given(byId)),
    ],
  },
  {
    title: "Hits by a uuid and a locale",
    rows,
    contenders: [
      map(given(byUuid)),
      lruCache(given(byUuid)),
      await cachetory("share", "shareByUuid", given(byUuid)),
      await cachetory("clone", "cloneByUuid", given(byUuid)),
    ],
  },
  {
    title: "Writes by a number, of which half evict",
    rows: { set: writing(byId) },
    contenders: [
      map(given(byId)),
      lruCache(given(byId, entryCount / 2)),
      await cachetory("share", "shareById", given(byId, entryCount / 2)),
      await cachetory("clone", "cloneById", given(byId, entryCount / 2)),
      await cachetory("typed, clone", "typedById", given(byId, entryCount / 2)),
    ],
  },
];

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

async function measure({ title, rows: measured, contenders }) {
  const names = Object.keys(measured);
  const times = contenders.map(() => Object.fromEntries(names.map((name) => [name, []])));
  for (let round = -5; round < rounds; round++) {
    for (const name of names) {
      for (const [index, contender] of contenders.entries()) {
        const ns = await measured[name](contender);
        if (round >= 0) times[index][name].push(ns);
      }
    }
  }
  const cells = (index) =>
    names.flatMap((name) => {
      const ratio = median(times[index][name].map((ns, round) => ns / times[0][name][round]));
      return [Math.round(median(times[index][name])), ratio.toFixed(2)];
    });
  const head = [title, ...names.flatMap((name) => [`${name}, ns`, "× Map"])];
  const table = [head, head.map((_, index) => (index === 0 ? "---" : "---:"))];
  for (const [index, { name }] of contenders.entries()) table.push([name, ...cells(index)]);
  return table.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const busy = loadavg()[0].toFixed(1);
const tables = [];
for (const subject of subjects) tables.push(await measure(subject));
const report = `# Memory, measured

Written by \`node bench/memory/bench-memory.mjs --write\`. ${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${type()} ${release()}, Node ${process.version}. Medians of ${rounds} rounds, all contenders in turn
within a round; ratios are medians of the rounds' own, to a \`Map\` that holds the same values under texts that are ready, in \`get\` and
\`getOrSet\` within an \`async\` function. ${entryCount} entries, a user record of about 400 bytes of JSON each. Load of the machine: ${busy} at the
beginning.

${tables.join("\n\n")}
`;
console.log(report);
if (process.argv.includes("--write")) writeFileSync(new URL("results.md", import.meta.url), report);
