import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { isNativeAccelerationEnabled } from "msgpackr";
import { checkFactors } from "./check-factors.ts";
import { parts } from "./parts.ts";
import { pageOf, writePage } from "./report/page.ts";
import {
  loadResults,
  majorOf,
  type NodeResults,
  type PartName,
  type PartResult,
  partNames,
  saveResult,
} from "./results.ts";
import { defaultNodes, installedVersions, machine, versionOf } from "./versions.ts";

const usage = `Usage: npm run bench -- [--quick] [--only PART]... [--node PATH]...
  --quick       a first look in a few minutes; prints the tables and keeps nothing
  --only PART   ${partNames.join(", ")}; may be given several times
  --node PATH   the nodes to run on; by default this one, and a newer one
  --report      measures nothing: writes docs/performance.md anew from what was kept
  --check       half a minute: fails where something is slower by a factor`;

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [...partNames] },
    node: { type: "string", multiple: true, default: [...defaultNodes()] },
    report: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
const say = (text: string): void => console.error(text);

if (values.help) console.log(usage);
else if (values.check) process.exitCode = (await checkFactors(process.execPath, say)) ? 0 : 1;
else if (values.report) writePage(loadResults(values.node.map(versionOf).map(majorOf)));
else await bench(values.only.map(partNamed));

async function bench(names: readonly PartName[]): Promise<void> {
  if (!isNativeAccelerationEnabled) {
    // An install that leaves out what is optional leaves it out.
    say("msgpackr is slower than it is, without its native part. Run: npm ci --ignore-scripts --prefix bench");
    process.exitCode = 1;
    return;
  }
  const measured: NodeResults[] = [];
  for (const node of values.node) {
    const results: Partial<Record<PartName, PartResult>> = {};
    for (const name of names) {
      const result = await measure(name, node);
      results[name] = result;
      // What took minutes is not lost with what fails after it.
      if (!values.quick) saveResult(result);
    }
    measured.push({ major: majorOf(versionOf(node)), parts: results });
  }
  if (values.quick) console.log(pageOf(measured));
  else writePage(loadResults(measured.map(({ major }) => major)));
}

async function measure(part: PartName, node: string): Promise<PartResult> {
  const version = versionOf(node);
  const load = loadavg()[0] ?? Number.NaN;
  const startMs = performance.now();
  const samples = await parts[part]({
    node,
    nodeMajor: majorOf(version),
    isQuick: values.quick,
    say: (text) => say(`Node ${version}: ${text}`),
  });
  say(`Node ${version}: ${part} took ${Math.round((performance.now() - startMs) / 1000)} s`);
  const day = new Date().toISOString().slice(0, 10);
  return { part, node: version, machine: machine(), day, load, versions: installedVersions(), samples };
}

function partNamed(name: string): PartName {
  const part = partNames.find((each) => each === name);
  if (part === undefined) throw new Error(`There is no part ${name}; there are ${partNames.join(", ")}.`);
  return part;
}
