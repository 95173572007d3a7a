// Measures the validators that the generator emits beside those that ajv compiles of the JSON Schema of the same types, and
// beside JSON.parse, which every read pays for anyway. Prints a table; --write puts it into results.md.
//
// Everything is measured in turn within a round, so that a slow phase of the machine hits all of it; numbers are medians.
// The payloads of the codecs are compiled by `node bench/scripts/prepare.mjs`.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, type } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { rolldown } from "rolldown";
import { payloads, valuesOf } from "../dist/src/payloads/payloads.js";

const rounds = 31;
/** So long a contender works in a round, in milliseconds. */
const sliceMs = 8;
/** So many copies of each payload are read in turn, as every entry of a cache is another object. */
const copies = 32;

const models = `
export interface Profile {
  id: string; displayName: string; email: string | null; visits: number; isActive: boolean;
  address?: { street: string; city: string; zip: string | null }; roles: ("admin" | "editor" | "reader")[];
}
export interface Product { id: number; name: string; priceCents: number; tags: string[]; stock: number | null; isNew: boolean }
export interface Page<Item> { items: Item[]; page: number; total: number }
export type Event =
  | { kind: "opened"; at: string; user: string }
  | { kind: "moved"; at: string; from: [number, number]; to: [number, number] }
  | { kind: "closed"; at: string; reason?: string };
export interface Comment { author: string; text: string; score: number; replies: Comment[] }
export type Rates = Record<string, number>;
`;

function comment(depth, width) {
  const replies = depth === 0 ? [] : Array.from({ length: width }, () => comment(depth - 1, width));
  return { author: `author ${depth}`, text: "A reply of some words.", score: depth * 3, replies };
}

/** What the codecs are measured on, by the name of the payload. Of the others, JSON has no dates and no sets, and a text is no matter. */
const payloadTypes = {
  user: "user.ts#User",
  catalogue: "catalogue.ts#Catalogue",
  decimals: "series.ts#Series",
  floats: "series.ts#Series",
  config: "config.ts#Config",
  feed: "feed.ts#Feed",
  article: "article.ts#Article",
  searchPage: "search-page.ts#SearchPage",
  issuePage: "issue-page.ts#IssuePage",
};

const subjects = [
  ...payloads
    .filter(({ name }) => name in payloadTypes)
    .map((payload) => ({
      name: payload.title,
      type: `./payloads/${payloadTypes[payload.name]}`,
      value: valuesOf(payload)[0],
    })),
  {
    name: "a profile",
    type: "./models.ts#Profile",
    value: {
      id: "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a",
      displayName: "Robin",
      email: null,
      visits: 12,
      isActive: true,
      address: { street: "Long street 1", city: "Utrecht", zip: "1234 AB" },
      roles: ["editor", "reader"],
    },
  },
  {
    name: "a page of 20 products",
    type: "./models.ts#Page<Product>",
    value: {
      items: Array.from({ length: 20 }, (_, id) => ({
        id,
        name: `Product ${id}`,
        priceCents: 495 + id,
        tags: ["tea", "kettle"],
        stock: id % 3 === 0 ? null : id,
        isNew: id % 2 === 0,
      })),
      page: 1,
      total: 345,
    },
  },
  {
    name: "60 events of 3 kinds",
    type: "./models.ts#Event[]",
    value: Array.from({ length: 60 }, (_, id) => {
      const at = "2026-11-22T18:00:00Z";
      if (id % 3 === 0) return { kind: "opened", at, user: `user ${id}` };
      return id % 3 === 1 ? { kind: "moved", at, from: [id, 0], to: [id + 1, 0.5] } : { kind: "closed", at };
    }),
  },
  { name: "a tree of 40 comments", type: "./models.ts#Comment", value: comment(3, 3) },
  ...[20, 150].map((size) => ({
    name: `a record of ${size} rates`,
    type: "./models.ts#Rates",
    value: Object.fromEntries(Array.from({ length: size }, (_, id) => [`currency${id}`, id * 1.25])),
  })),
];

/** The tests' own ways from TypeScript to a validator and to a JSON Schema, compiled. */
async function loadTools() {
  const folder = mkdtempSync(new URL("compiled-", import.meta.url).pathname);
  try {
    const sources = [
      "test/support/emitted-validator.ts",
      "generator/src/schema/json-schema.ts",
      "test/generator/resolve/temporary-project.ts",
    ];
    const input = sources.map((file) => new URL(`../../${file}`, import.meta.url).pathname);
    const bundle = await rolldown({ input, external: (name) => !/^[./]/.test(name) });
    await bundle.write({ dir: folder, format: "esm", entryFileNames: "[name].mjs" });
    const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
    return Object.assign(
      {},
      ...(await Promise.all(["emitted-validator", "json-schema", "temporary-project"].map(load))),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function makeCells() {
  const { emittedValidator, jsonSchemaOf, TemporaryProject } = await loadTools();
  const sources = new URL("../src/payloads/", import.meta.url);
  const files = readdirSync(sources).map((file) => [`payloads/${file}`, readFileSync(new URL(file, sources), "utf8")]);
  const project = new TemporaryProject({ "models.ts": models, ...Object.fromEntries(files) });
  const { types } = project.resolve([...new Set(subjects.map((subject) => subject.type))]);
  const cells = subjects.map(({ name, type: text, value }) => {
    const { ir } = types.get(text);
    const json = JSON.stringify(value);
    const values = Array.from({ length: copies }, () => JSON.parse(json));
    const validate = emittedValidator(ir, "json");
    const [accepts, acceptsOwn] = [false, true].map((ownProperties) =>
      new Ajv2020({ strict: false, ownProperties }).compile(jsonSchemaOf(ir)),
    );
    const contenders = {
      emitted: (at) => validate(values[at]) === undefined,
      ajv: (at) => accepts(values[at]),
      ajvOwn: (at) => acceptsOwn(values[at]),
      parse: () => JSON.parse(json) !== undefined,
    };
    if (!contenders.emitted(0) || !contenders.ajv(0)) throw new Error(`${name} does not fit its type.`);
    const broken = Array.isArray(value)
      ? [null]
      : Object.fromEntries(Object.keys(value).map((key) => [key, Symbol(key)]));
    if (validate(broken) === undefined) {
      throw new Error(`${name} fits whatever it is.`);
    }
    return { name, bytes: json.length, contenders, times: { emitted: [], ajv: [], ajvOwn: [], parse: [] } };
  });
  project[Symbol.dispose]();
  return cells;
}

/** Nanoseconds a call. */
function timed(run) {
  let calls = 0;
  let elapsed = 0;
  const start = performance.now();
  do {
    for (let at = 0; at < copies; at++) if (!run(at)) throw new Error("It fits no longer.");
    calls += copies;
    elapsed = performance.now() - start;
  } while (elapsed < sliceMs);
  return (elapsed * 1e6) / calls;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

function shown(ns) {
  return ns < 1e4 ? String(Math.round(ns)) : `${(ns / 1e3).toFixed(1)}k`;
}

const busy = loadavg()[0].toFixed(1);
const cells = await makeCells();
for (let round = -5; round < rounds; round++) {
  for (const { contenders, times } of cells) {
    for (const [name, run] of Object.entries(contenders)) {
      const ns = timed(run);
      if (round >= 0) times[name].push(ns);
    }
  }
}
const ratiosOf = (other) =>
  cells.map(({ times }) => median(times[other].map((ns, round) => ns / times.emitted[round])));
const [ratios, ratiosOwn] = [ratiosOf("ajv"), ratiosOf("ajvOwn")];
const rows = cells.map(({ name, bytes, times }, index) => {
  const [emitted, ajv, ajvOwn, parse] = [times.emitted, times.ajv, times.ajvOwn, times.parse].map(median);
  return [
    name,
    bytes,
    shown(emitted),
    shown(ajv),
    ratios[index].toFixed(1),
    shown(ajvOwn),
    ratiosOwn[index].toFixed(1),
    shown(parse),
    `${Math.round((emitted / parse) * 100)} %`,
  ];
});
const head = [
  "value",
  "bytes of JSON",
  "emitted, ns",
  "ajv, ns",
  "ajv / emitted",
  "ajv, own, ns",
  "ajv, own / emitted",
  "JSON.parse, ns",
  "emitted / JSON.parse",
];
const table = [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows]
  .map((row) => `| ${row.join(" | ")} |`)
  .join("\n");
const text = `# Validators, measured

Written by \`node bench/validators/bench-validators.mjs --write\`. ${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${type()} ${release()}, Node ${process.version}. Medians of ${rounds} rounds, all contenders in turn within a round; ratios are medians of the
rounds' own. Load of the machine: ${busy} at the beginning.

Values fit their types. ajv 8 compiles the JSON Schema of the same type. With \`ownProperties\` it accepts the very same values: the median
of the ratios is ${median(ratiosOwn).toFixed(1)}. With its defaults it takes what an object inherits for its own, such as \`toString\`: there it is ${median(ratios).toFixed(1)}.

${table}
`;
console.log(text);
if (process.argv.includes("--write")) writeFileSync(new URL("results.md", import.meta.url), text);
