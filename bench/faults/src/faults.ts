import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { withTexts } from "../../src/report/with-texts.ts";
import { entrantOf, entrants } from "./entrants.ts";
import { labText } from "./lab-text.ts";
import { loadResults, type RunResult, saveResult, withResult } from "./results.ts";
import { runScenario } from "./run-scenario.ts";
import { happensOn, scenarios } from "./scenarios.ts";
import { openStage } from "./stage.ts";
import { measuredTexts } from "./tables.ts";
import { topologies } from "./topology.ts";

const usage = `Usage: npm run faults -- [--only SCENARIO]... [--topology KIND]... [--contender NAME]... [--quick] [--write]
  --only SCENARIO   ${scenarios.map(({ name }) => name).join(", ")}
  --topology KIND   ${topologies.join(", ")}
  --contender NAME  ${entrants.map(({ name }) => name.replaceAll("*", "")).join(", ")}
                    Each may be given several times; by default everything takes part.
  --quick           where it makes no difference, a third of the time; keeps nothing
  --write           keeps each run in bench/results/faults-*.json, in place of the one before, and puts all that are there
                    into docs/reliability.md; an interrupted run goes on with --only
  --report          measures nothing: writes docs/reliability.md anew from what was kept`;

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: scenarios.map(({ name }) => name) },
    topology: { type: "string", multiple: true, default: [...topologies] },
    contender: { type: "string", multiple: true, default: entrants.map(({ name }) => name) },
    quick: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    report: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const say = (text: string): void => console.error(text);
// Servers, and the folders that they are in, end with this process, however it ends; contenders end when nobody is left to
// ask them.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

if (values.help) console.log(usage);
else if (values.report) writePage();
else if (values.quick && values.write) throw new Error("Quick runs are not kept: leave out --quick or --write.");
else await run();

async function run(): Promise<void> {
  const names = values.contender.map((name) => entrantOf(name));
  const chosen = values.only.map(scenarioNamed);
  let results: readonly RunResult[] = [];
  for (const topology of values.topology.map(topologyNamed)) {
    // Those with proxies last: they need servers of their own.
    for (const isProxied of [false, true]) {
      const own = chosen.filter((each) => happensOn(each, topology) && (each.isProxied ?? false) === isProxied);
      if (own.length === 0) continue;
      const stage = await openStage({ topology, isProxied });
      for (const scenario of own) {
        for (const { name } of names) {
          const load = loadavg()[0] ?? Number.NaN;
          const startMs = performance.now();
          const result = await runScenario(scenario, stage, name, values.quick);
          const day = new Date().toISOString().slice(0, 10);
          const kept: RunResult = {
            topology,
            scenario: scenario.name,
            contender: name,
            result,
            day,
            node: process.version,
            load,
          };
          results = withResult(results, kept);
          if (values.write) saveResult(kept);
          say(`${topology}, ${scenario.name}, ${name}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
        }
      }
      await stage.stop();
    }
  }
  const { headline, faults } = measuredTexts(results, labText());
  console.log(`${headline}\n\n${faults}`);
  if (values.write) writePage();
}

function writePage(): void {
  const page = new URL("../../../../../../docs/reliability.md", import.meta.url);
  const results = loadResults();
  writeFileSync(page, withTexts(readFileSync(page, "utf8"), measuredTexts(results, labText())));
}

function scenarioNamed(name: string): (typeof scenarios)[number] {
  return named(scenarios, (scenario) => scenario.name, name, "scenario");
}

function topologyNamed(name: string): (typeof topologies)[number] {
  return named(topologies, (topology) => topology, name, "topology");
}

function named<T>(all: readonly T[], nameOf: (each: T) => string, name: string, kind: string): T {
  const found = all.find((each) => nameOf(each) === name);
  if (found === undefined) throw new Error(`There is no ${kind} ${name}; there are ${all.map(nameOf).join(", ")}.`);
  return found;
}
