import { markdownTable, nothing } from "../../src/report/markdown.ts";
import { entrants, ours } from "./entrants.ts";
import { columns } from "./goals.ts";
import type { RunResult } from "./results.ts";
import type { Result } from "./run-scenario.ts";
import type { Scenario } from "./scenario.ts";
import { happensOn, scenarios } from "./scenarios.ts";
import { type Topology, topologies } from "./topology.ts";

const titles: Readonly<Record<Topology, string>> = {
  alone: "Redis alone",
  cluster: "Cluster",
  sentinel: "Sentinel",
};

/** What is measured of the page, by the name of its marker. */
export function measuredTexts(results: readonly RunResult[], lab: string): Readonly<Record<string, string>> {
  return {
    setting: setting(results, lab),
    headline: headline(results),
    misses: misses(results),
    faults: tables(results),
  };
}

/** How many goals were met, by what the Redis is. */
function headline(results: readonly RunResult[]): string {
  const lines = topologies.flatMap((topology) => {
    const counts = entrants.map(({ name }) => {
      const verdicts = results
        .filter((each) => each.topology === topology && each.contender === name)
        .flatMap(({ scenario, result }) => verdictsOf(scenarioNamed(scenario), result));
      return verdicts.length === 0 ? undefined : `${name} ${verdicts.filter(Boolean).length} of ${verdicts.length}`;
    });
    const known = counts.filter((count) => count !== undefined);
    return known.length === 0 ? [] : [`- ${titles[topology]}: ${known.join(", ")}.`];
  });
  return lines.length === 0 ? "Not measured yet." : lines.join("\n");
}

/** What we miss, by scenario. */
function misses(results: readonly RunResult[]): string {
  const own = results.filter(({ contender }) => contender === ours);
  if (own.length === 0) return "Not measured yet.";
  const rows = scenarios.map((scenario) => [
    scenario.title,
    ...topologies.map((topology) => {
      if (!happensOn(scenario, topology)) return nothing;
      const found = own.find((each) => each.topology === topology && each.scenario === scenario.name);
      if (found === undefined) return "not measured";
      const { result } = found;
      if ("ended" in result) return "**its process ended**";
      const missed = columns.filter(({ isMet }) => !isMet(result, scenario));
      if (missed.length === 0) return "all met";
      return missed.map(({ title, text }) => `**not met**: ${title} ${text(result)}`).join("<br>");
    }),
  ]);
  return markdownTable(["", ...topologies.map((topology) => titles[topology])], rows, "text");
}

/** All outcomes, ours first and the others below it. */
function tables(results: readonly RunResult[]): string {
  const sections = topologies.flatMap((topology) => {
    const own = results.filter((each) => each.topology === topology);
    if (own.length === 0) return [];
    const rows = scenarios
      .filter(({ name }) => own.some(({ scenario }) => scenario === name))
      .flatMap((scenario) => [
        [`_${scenario.title}_`, ...columns.map(() => "")],
        ...entrants.flatMap(({ name }) => {
          const found = own.find((each) => each.scenario === scenario.name && each.contender === name);
          return found === undefined ? [] : [rowOf(scenario, found)];
        }),
      ]);
    const table = markdownTable(["", ...columns.map(({ title }) => title)], rows);
    return [`### ${titles[topology]}`, table, ...notesOf(own)];
  });
  return sections.length === 0 ? "Not measured yet." : sections.join("\n\n");
}

/** Where and when. */
function setting(results: readonly RunResult[], lab: string): string {
  if (results.length === 0) return "Not measured yet.";
  const days = [...new Set(results.map(({ day }) => day))].sort().join(", ");
  const nodes = [...new Set(results.map(({ node }) => node.slice(1)))].sort().join(" and ");
  const loads = results.map(({ load }) => load).sort((a, b) => a - b);
  const [middle = 0, most = 0] = [loads[loads.length >> 1], loads.at(-1)];
  return `${lab}; Node ${nodes}; ${days}. The load of the machine was ${middle.toFixed(1)} at the median and ${most.toFixed(1)} at the most when a run began, the lab's own included.`;
}

function rowOf(scenario: Scenario, { contender, result }: RunResult): readonly string[] {
  if ("ended" in result) return [`${contender}: its process ended`, ...columns.map(() => "**not met**")];
  const cells = columns.map(({ text, isMet }) => `${text(result)}${isMet(result, scenario) ? " ✓" : " **not met**"}`);
  return [contender, ...cells];
}

function verdictsOf(scenario: Scenario | undefined, result: Result): readonly boolean[] {
  if (scenario === undefined) return [];
  return columns.map(({ isMet }) => !("ended" in result) && isMet(result, scenario));
}

/** What cells cannot say. */
function notesOf(results: readonly RunResult[]): readonly string[] {
  const notes = results.flatMap(({ scenario, contender, result }) => {
    const title = scenarioNamed(scenario)?.title;
    if ("ended" in result) return [`- ${contender}, ${title}: ${short(result.ended)}`];
    const { note, firstError, firstWrong } = result;
    const texts = [
      note,
      firstError && `the first error: \`${short(firstError)}\``,
      firstWrong && `the first wrong value: \`${short(firstWrong)}\``,
    ].filter((each) => each !== undefined && each !== "");
    return texts.length === 0 ? [] : [`- ${contender}, ${title}: ${texts.join("; ")}`];
  });
  return notes.length === 0 ? [] : [notes.sort(oursFirst).join("\n")];
}

function oursFirst(one: string, other: string): number {
  const [a, b] = [one, other].map((note) => (note.startsWith(`- ${ours}`) ? 0 : 1));
  return (a ?? 0) - (b ?? 0) || one.localeCompare(other);
}

function short(text: string): string {
  const [line = ""] = text.replaceAll("`", "'").split("\n");
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}

function scenarioNamed(name: string): Scenario | undefined {
  return scenarios.find((scenario) => scenario.name === name);
}
