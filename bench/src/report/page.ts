import { readFileSync, writeFileSync } from "node:fs";
import type { NodeResults, PartName, PartResult } from "../results.ts";
import { beatenCounts, bestLibraryTable } from "./best-library.ts";
import { chart } from "./chart.ts";
import { chartPanels } from "./chart-panels.ts";
import { codecTables } from "./codec-tables.ts";
import { goalsTable, metCounts } from "./goals-table.ts";
import { headline } from "./headline.ts";
import { coldStartTable, memoryTables } from "./memory-tables.ts";
import { clusterTables, redisTables, waitTables } from "./redis-tables.ts";
import { withTexts } from "./with-texts.ts";

// Of `dist/src/report`, where this is when it runs.
const docs = new URL("../../../../docs/", import.meta.url);

/** What is measured of the page, by the name of its marker. */
export function measuredTexts(results: readonly NodeResults[]): Readonly<Record<string, string>> {
  return {
    headline: headline(results),
    setting: settings(results),
    goals: [`Met: ${metCounts(results)}.`, goalsTable(results)].join("\n\n"),
    libraries: [`Ahead in: ${beatenCounts(results)}.`, bestLibraryTable(results)].join("\n\n"),
    codecs: byNode(results, "codecs", codecTables),
    memory: byNode(results, "memory", memoryTables),
    redis: byNode(results, "redis", redisTables),
    waits: byNode(results, "waits", waitTables),
    cluster: byNode(results, "cluster", clusterTables),
    "cold start": byNode(results, "cold-start", (result) => [coldStartTable(result)]),
  };
}

/** All of it, for a terminal. */
export function pageOf(results: readonly NodeResults[]): string {
  return Object.values(measuredTexts(results)).join("\n\n");
}

/** Puts what was measured between the markers of `docs/performance.md`, and draws the chart. */
export function writePage(results: readonly NodeResults[]): void {
  const file = new URL("performance.md", docs);
  writeFileSync(file, withTexts(readFileSync(file, "utf8"), measuredTexts(results)));
  const [first] = results;
  if (first === undefined) return;
  const { node = "", machine = "" } = Object.values(first.parts)[0] ?? {};
  writeFileSync(new URL("performance.svg", docs), chart(chartPanels(first), `Node ${node}, ${machine}. Medians.`));
}

function byNode(
  results: readonly NodeResults[],
  part: PartName,
  tables: (result: PartResult) => readonly string[],
): string {
  const texts = results.flatMap(({ parts }) => {
    const result = parts[part];
    return result === undefined ? [] : [`### Node ${result.node.slice(1)}`, ...tables(result)];
  });
  return texts.length === 0 ? "Not measured yet." : texts.join("\n\n");
}

function settings(results: readonly NodeResults[]): string {
  const measured = results.flatMap(({ parts }) => Object.values(parts));
  const [first] = measured;
  if (first === undefined) return "Not measured yet.";
  const days = [...new Set(measured.map(({ day }) => day))].sort().join(", ");
  const nodes = [...new Set(measured.map(({ node }) => node.slice(1)))].join(" and ");
  const load = Math.max(...measured.map((result) => result.load)).toFixed(1);
  const versions = Object.entries(first.versions).map(([name, version]) => `${name} ${version}`);
  return `${first.machine}; Node ${nodes}; ${days}; the load of the machine was at most ${load} when a part began, the benchmark's own included. ${versions.join(", ")}.`;
}
