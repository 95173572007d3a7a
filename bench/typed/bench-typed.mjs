// Measures the code that the generator writes for `serializer: typed` beside JSON, v8 and msgpackr, on values of several
// makes, in one run. Prints a table; --write puts it into results.md. Only what the payloads of others share with ours can be
// compared: these are generated here, from fixed seeds.
//
// Everything is measured in turn within a round, so that a slow phase of the machine hits all of it.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, release, type } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { deserialize, serialize, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { typed } from "@cachetory/runtime/codegen/v1";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Packr } from "msgpackr";
import { rolldown } from "rolldown";
import ts from "typescript-6";

const rounds = 25;
/** So long a contender works in a round, in milliseconds. */
const sliceMs = 5;

const models = `
export interface User {
  id: string; email: string; name: string; handle: string; locale: "en" | "nl" | "de" | "fr"; createdAt: string; updatedAt: string;
  avatar: string | null; bio?: string; isVerified: boolean; plan: "free" | "pro" | "team"; followers: number; following: number;
  settings: { theme: "dark" | "light" | "system"; mail: boolean; push: boolean; pageSize: number }; tags: string[];
}
export type DatedUser = Omit<User, "createdAt" | "updatedAt"> & { createdAt: Date; updatedAt: Date };
export interface Product {
  id: number; sku: string; title: string; price: number; currency: "EUR" | "USD" | "GBP"; inStock: boolean; stock: number;
  discount?: number; categories: string[]; rating: number | null; createdAt: string;
}
export interface Series { at: number[]; values: number[] }
export type Setting = string | number | boolean | string[];
export interface Config { flags: Record<string, boolean>; settings: Record<string, Setting>; limits: Record<string, { max: number; unit: "s" | "ms" }> }
export type Node =
  | { kind: "text"; text: string; bold: boolean }
  | { kind: "image"; url: string; width: number; height: number }
  | { kind: "list"; items: Node[] };
export interface Article { title: string; body: string; words: number }
`;

let seed = 42;
function below(count) {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return seed % count;
}
const pick = (list) => list[below(list.length)];
const many = (count, make) => Array.from({ length: count }, (_, index) => make(index));
const words = "alpha beta gamma delta omega sigma kappa lambda".split(" ");
const text = (count) => many(count, () => pick(words)).join(" ");
const hex = (length) => many(length, () => below(16).toString(16)).join("");
const uuid = () => [8, 4, 4, 4, 12].map(hex).join("-");
const iso = () => new Date(1.6e12 + below(1e9) * 100).toISOString();

function user() {
  return {
    id: uuid(),
    email: `${pick(words)}.${pick(words)}@example.com`,
    name: text(2),
    handle: `${pick(words)}${below(100)}`,
    locale: pick(["en", "nl", "de", "fr"]),
    createdAt: iso(),
    updatedAt: iso(),
    avatar: below(3) > 0 ? `https://cdn.example.com/avatars/${below(1e6)}.png` : null,
    ...(below(2) > 0 ? { bio: text(3) } : {}),
    isVerified: below(2) > 0,
    plan: pick(["free", "pro", "team"]),
    followers: below(5000),
    following: below(500),
    settings: {
      theme: pick(["dark", "light", "system"]),
      mail: below(2) > 0,
      push: below(2) > 0,
      pageSize: pick([10, 20, 50]),
    },
    tags: many(below(4), () => pick(words)),
  };
}

function product() {
  return {
    id: below(1e6),
    sku: hex(13),
    title: text(3),
    price: below(100_000) / 100,
    currency: pick(["EUR", "USD", "GBP"]),
    inStock: below(2) > 0,
    stock: below(300),
    ...(below(2) > 0 ? { discount: below(50) } : {}),
    categories: many(1 + below(3), () => pick(words)),
    rating: below(4) > 0 ? below(50) / 10 : null,
    createdAt: iso(),
  };
}

function series(digits) {
  let at = 1.7e12;
  const at1000 = many(1000, () => {
    at += 1000 + below(3);
    return at;
  });
  const values = many(1000, (index) => {
    const value = 50 + 10 * Math.sin(index / 50) + below(1e6) / 1e6;
    return digits === undefined ? value : Math.round(value * 10 ** digits) / 10 ** digits;
  });
  return { at: at1000, values };
}

function config() {
  const named = (count, make) =>
    Object.fromEntries(many(count, (index) => [`${pick(words)}.${pick(words)}.${index}`, make()]));
  return {
    flags: named(20, () => below(2) > 0),
    settings: named(40, () =>
      pick([() => text(2), () => below(1000), () => below(2) > 0, () => many(2, () => pick(words))])(),
    ),
    limits: named(20, () => ({ max: below(1e4), unit: pick(["s", "ms"]) })),
  };
}

function node(depth) {
  const kind = below(depth === 0 ? 2 : 3);
  if (kind === 0) return { kind: "text", text: text(6), bold: below(2) > 0 };
  if (kind === 1) return { kind: "image", url: `https://cdn.example.com/${hex(12)}.webp`, width: 800, height: 600 };
  return { kind: "list", items: many(3, () => node(depth - 1)) };
}

const article = () => ({
  title: pick(["カタログの新しい商品", "Über die Größe der Dinge", "О свойствах вещей"]),
  body: many(40, () => pick(["価格は毎日変わります。", "Größe und Maß ", "цены меняются каждый день "])).join(""),
  words: below(500),
});

const subjects = [
  { name: "a user record", type: "User", make: user, copies: 16 },
  {
    name: "the same with dates",
    type: "DatedUser",
    make: () => {
      const made = user();
      return { ...made, createdAt: new Date(made.createdAt), updatedAt: new Date(made.updatedAt) };
    },
    copies: 16,
  },
  { name: "50 products", type: "Product[]", make: () => many(50, product), copies: 4 },
  { name: "1,000 times and decimals", type: "Series", make: () => series(2), copies: 4 },
  { name: "1,000 times and floats", type: "Series", make: () => series(undefined), copies: 4 },
  { name: "a config of maps", type: "Config", make: config, copies: 4 },
  { name: "200 nodes of 3 kinds", type: "Node[]", make: () => many(200, () => node(2)), copies: 4 },
  { name: "an article, not in ASCII", type: "Article", make: article, copies: 8 },
];

/** The tests' own ways from TypeScript to a codec and to a JSON Schema, compiled. */
async function loadTools() {
  const folder = mkdtempSync(new URL("compiled-", import.meta.url).pathname);
  try {
    const sources = [
      "test/support/emitted-codec.ts",
      "generator/src/schema/json-schema.ts",
      "test/generator/resolve/temporary-project.ts",
    ];
    const input = sources.map((file) => new URL(`../../${file}`, import.meta.url).pathname);
    const bundle = await rolldown({ input, external: (name) => !/^[./]/.test(name) });
    await bundle.write({ dir: folder, format: "esm", entryFileNames: "[name].mjs" });
    const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
    return Object.assign({}, ...(await Promise.all(["emitted-codec", "json-schema", "temporary-project"].map(load))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The codec of a type as a module of its own, as applications have it. */
async function codecOf(ir, { codecText }) {
  const { outputText } = ts.transpileModule(codecText(ir), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const file = new URL(`codec-${process.pid}-${seed}.mjs`, import.meta.url);
  writeFileSync(file, outputText);
  try {
    return (await import(file.href)).codec;
  } finally {
    rmSync(file);
  }
}

async function contendersOf(ir, values, tools) {
  const own = typed(await codecOf(ir, tools));
  const records = new Packr({ structures: [], moreTypes: true });
  const accepts = new Ajv2020({ strict: false, ownProperties: false }).compile(tools.jsonSchemaOf(ir));
  const formats = {
    typed: { encode: (value) => own.serialize(value), decode: (bytes) => own.deserialize(bytes) },
    json: { encode: (value) => Buffer.from(JSON.stringify(value)), decode: (bytes) => JSON.parse(bytes.toString()) },
    checked: {
      encode: (value) => Buffer.from(JSON.stringify(value)),
      decode: (bytes) => {
        const value = JSON.parse(bytes.toString());
        accepts(value);
        return value;
      },
    },
    msgpackr: { encode: (value) => records.pack(value), decode: (bytes) => records.unpack(bytes) },
    v8: { encode: (value) => serialize(value), decode: (bytes) => deserialize(bytes) },
  };
  return Object.entries(formats).map(([name, { encode, decode }]) => {
    const stored = values.map((value) => Buffer.from(encode(value)));
    if (name === "typed" && !values.every((value, at) => isDeepStrictEqual(decode(stored[at]), value))) {
      throw new Error("typed gives back another value.");
    }
    const bytes = stored.reduce((sum, { length }) => sum + length, 0) / values.length;
    return { name, encode, decode, stored, bytes, encodeNs: [], decodeNs: [] };
  });
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

function timed(run, count) {
  // What one contender has left is not to be cleared away, or marked, while another one works.
  collectGarbage();
  let calls = 0;
  let elapsed = 0;
  const start = performance.now();
  do {
    for (let at = 0; at < count; at++) run(at);
    calls += count;
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
const tools = await loadTools();
const project = new tools.TemporaryProject({ "models.ts": models });
const { types } = project.resolve([...new Set(subjects.map((subject) => `./models.ts#${subject.type}`))]);
project[Symbol.dispose]();
const measured = [];
for (const { name, type: typeName, make, copies } of subjects) {
  const values = many(copies, make);
  const contenders = await contendersOf(types.get(`./models.ts#${typeName}`).ir, values, tools);
  for (let round = -3; round < rounds; round++) {
    for (const { encode, decode, stored, encodeNs, decodeNs } of contenders) {
      const [encoded, decoded] = [timed((at) => encode(values[at]), copies), timed((at) => decode(stored[at]), copies)];
      if (round < 0) continue;
      encodeNs.push(encoded);
      decodeNs.push(decoded);
    }
  }
  measured.push({ name, by: Object.fromEntries(contenders.map((each) => [each.name, each])) });
}

function ratio({ by }, other, part) {
  const cost = ({ encodeNs, decodeNs }, at) =>
    part === "encode" ? encodeNs[at] : part === "decode" ? decodeNs[at] : encodeNs[at] + decodeNs[at];
  return median(many(rounds, (at) => cost(by[other], at) / cost(by.typed, at)));
}

const head = [
  "value",
  "JSON, bytes",
  "typed",
  "encode, ns",
  "decode, ns",
  "× JSON: encode",
  "decode",
  "both",
  "× msgpackr, records",
  "× v8",
  "decode × JSON.parse + ajv",
];
const rows = measured.map((subject) => {
  const { typed: own, json } = subject.by;
  const times = (other, part) => ratio(subject, other, part).toFixed(1);
  return [
    subject.name,
    Math.round(json.bytes),
    `${Math.round((own.bytes / json.bytes) * 100)} %`,
    shown(median(own.encodeNs)),
    shown(median(own.decodeNs)),
    times("json", "encode"),
    times("json", "decode"),
    times("json", "both"),
    times("msgpackr", "both"),
    times("v8", "both"),
    times("checked", "decode"),
  ];
});
const mean = (other) =>
  Math.exp(measured.reduce((sum, subject) => sum + Math.log(ratio(subject, other, "both")), 0) / measured.length);
const table = [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows]
  .map((row) => `| ${row.join(" | ")} |`)
  .join("\n");
const report = `# typed, measured

Written by \`node bench/typed/bench-typed.mjs --write\`. ${cpus().length} cores of ${cpus()[0]?.model.trim()}, ${type()} ${release()}, Node ${process.version}. Medians of ${rounds} rounds, all contenders in turn within a round; ratios are medians of the
rounds' own. Load of the machine: ${busy} at the beginning. Garbage is collected before each slice, so that nobody clears away what
another one has left; without that, ratios wander with the order, and the mean over JSON was 3.8 and 3.9.

The sizes of \`typed\` are of those of the JSON. Both is writing and reading, and there the geometric mean is ${mean("json").toFixed(1)} times JSON,
${mean("msgpackr").toFixed(1)} times msgpackr with shared records, ${mean("v8").toFixed(1)} times v8. JSON is \`Buffer.from(JSON.stringify(value))\` and \`JSON.parse(bytes.toString())\`; dates
come back as text there.

${table}
`;
console.log(report);
if (process.argv.includes("--write")) writeFileSync(new URL("results.md", import.meta.url), report);
