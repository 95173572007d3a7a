// Resolves the types of published packages as the generator does, and compares what becomes of each with what is
// written in types.json: the first serializer that carries it, or why none does. `npm run real-types`;
// with --write it writes what it finds there, and the figures into results.md.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const folder = fileURLToPath(new URL(".", import.meta.url));
const { checkValues, nodeFiles, resolveTypes } = await bundledGenerator();
const steps = ["json", "msgpack", "pickle", "v8"];
const limits = { secondsOfOne: 30, megabytes: 1_000 };

const isWriting = process.argv.includes("--write");
const expected = JSON.parse(readFileSync(join(folder, "types.json"), "utf8"));
const found = {};
const figures = [];
const problems = [];
for (const [module, types] of Object.entries(expected)) {
  found[module] = resolveAll(module, Object.keys(types));
  for (const [type, outcome] of Object.entries(found[module])) {
    if (outcome !== types[type]) problems.push(`${module}#${type}\n  expected: ${types[type]}\n  found:    ${outcome}`);
  }
}
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
if (megabytes > limits.megabytes) problems.push(`${megabytes} MB of memory, more than ${limits.megabytes}`);

console.log(table(figures, megabytes));
if (isWriting) {
  writeFileSync(join(folder, "types.json"), `${JSON.stringify(found, null, 2)}\n`);
  writeFileSync(join(folder, "results.md"), results());
} else if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
}

/** The generator's sources, of which the build leaves none that could be imported alone. */
async function bundledGenerator() {
  const file = join(folder, "dist/generator.js");
  const build = await rolldown({
    input: join(folder, "generator.ts"),
    platform: "node",
    external: /^[a-z@](?!:)/,
    treeshake: { moduleSideEffects: false },
  });
  await build.write({ file });
  await build.close();
  return import(pathToFileURL(file));
}

/** What becomes of each type of one module. */
function resolveAll(module, expressions) {
  const file = join(folder, "cachetory.yaml");
  const requests = expressions.map((expression, index) => ({
    id: expression,
    expression,
    module,
    span: { file, start: index, end: index + 1 },
  }));
  const before = process.cpuUsage();
  const startMs = performance.now();
  const { types, diagnostics } = resolveTypes(
    { folder, types: requests, memoized: [], mutations: [], ttlFunctions: [] },
    nodeFiles,
  );
  const resolvedMs = performance.now();
  const outcomes = requests.map((request) => {
    const type = types.get(request.id);
    const refusal = diagnostics.find(({ span }) => span.start === request.span.start);
    return [request.id, type === undefined ? outcomeOf(refusal) : firstFit(request, type)];
  });
  // Of the processor: how much else there is to do on the machine is no fault of the types.
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  if (seconds > limits.secondsOfOne) problems.push(`${module} took ${seconds} s, more than ${limits.secondsOfOne}`);
  const [first] = types.values();
  const count = (test) => outcomes.filter(([, outcome]) => test(outcome)).length;
  figures.push([
    module,
    outcomes.length,
    ...steps.map((step) => count((outcome) => outcome === step)),
    count((outcome) => outcome.startsWith("C")),
    first?.ir.nodes.length ?? 0,
    `${((resolvedMs - startMs) / 1000).toFixed(1)} s`,
  ]);
  return Object.fromEntries(outcomes);
}

/** The first serializer that carries all of the type; else what stands against every one. */
function firstFit({ id, expression, module, span }, type) {
  const value = { kind: "type", expression, module };
  let last;
  for (const step of steps) {
    const serializer = [{ scheme: step, options: [] }];
    const [finding] = checkValues([{ name: id, value, span, serializer }], new Map([[id, type]]));
    if (finding === undefined) return step;
    last = finding;
  }
  return outcomeOf(last);
}

function outcomeOf({ code, message }) {
  return `${code} ${message}`;
}

function table(rows, megabytes) {
  const head = ["module", "types", ...steps, "refused", "nodes", "time"];
  const lines = [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n\n${megabytes} MB at most.`;
}

function results() {
  const reasons = new Map();
  for (const outcome of Object.values(found).flatMap((types) => Object.values(types))) {
    const reason = reasonOf(outcome);
    if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const refused = [...reasons].sort(([, a], [, b]) => b - a).map(([reason, count]) => `| ${reason} | ${count} |`);
  return `# Real types, resolved

Written by \`npm run real-types -- --write\`; what became of each type stands in [types.json](types.json). Types are counted by
the first serializer that carries all of them. \`nodes\` are the parts that they lead to, \`time\` is that of resolving, compiler
included, in one process. Node ${process.versions.node}.

${table(figures, megabytes)}

| refused because something in it | types |
|---|---:|
${refused.join("\n")}
`;
}

/** A refusal without its names. */
function reasonOf(outcome) {
  if (!outcome.startsWith("C")) return undefined;
  const [, what] =
    / (is "any"|is "undefined"|allows "undefined"|is a \w+|has a type that goes on|.*error of its own kind|.*more than data|is an? \w+)/.exec(
      outcome,
    ) ?? [];
  if (what?.endsWith("more than data")) return "has methods, or other parts that are no data";
  if (what?.endsWith("error of its own kind")) return "is an error of its own kind";
  return what ?? outcome.slice(0, 5);
}
