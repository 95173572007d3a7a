import type { Contestant } from "./open-contestant.ts";
import type { Stage } from "./stage.ts";
import type { Topology } from "./topology.ts";

/** One thing that goes wrong under load. */
export interface Scenario {
  /** For `--only`. */
  readonly name: string;
  /** Of its rows. */
  readonly title: string;
  /** Where it can happen; everywhere by default. */
  readonly topologies?: readonly Topology[];
  /** Clients pass by proxies. Default `false`. */
  readonly isProxied?: boolean;
  /** For so long the application itself holds up a call at the most; 0 by default. */
  readonly heldUpMs?: number;
  /** What has to be there before the load is measured. */
  readonly prepare?: (fault: Fault) => Promise<void>;
  /** Makes it go wrong, and answers, when that is over, with the moment from which the servers were as before. */
  readonly run: (fault: Fault) => Promise<FaultEnd>;
}

export interface FaultEnd {
  /** By the clock of `trueNowMs`. */
  readonly backAtMs: number;
  /** What is to be said of it besides. */
  readonly note?: string | undefined;
}

/** What a scenario has in its hands. */
export interface Fault {
  readonly stage: Stage;
  readonly contestant: Contestant;
  /** The text of a key in Redis, which every library makes in its own way. */
  readonly keyOf: (cache: "fresh" | "hot" | "bulk", id: number) => string;
  /** Shortened where only a first look is wanted. */
  readonly seconds: (count: number) => number;
  readonly isQuick: boolean;
}
