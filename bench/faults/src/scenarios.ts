import type { Scenario } from "./scenario.ts";
import { application } from "./scenarios/application.ts";
import { badEntries } from "./scenarios/bad-entries.ts";
import { outages } from "./scenarios/outages.ts";
import { refusals } from "./scenarios/refusals.ts";
import { removals } from "./scenarios/removals.ts";
import type { Topology } from "./topology.ts";

/** All of them, in the order of the rows. */
export const scenarios: readonly Scenario[] = [...outages, ...refusals, ...badEntries, ...removals, ...application];

export function happensOn({ topologies }: Scenario, topology: Topology): boolean {
  return topologies?.includes(topology) ?? true;
}
