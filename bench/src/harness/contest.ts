/** What one measuring gave for one call, by the name of the series: `wallUs`, `encodeNs`. */
export type Measured = Readonly<Record<string, number>>;

/** A contender in the process of its own: opened, filled and warm. */
export interface Stand {
  /** `undefined` where the contender has nothing of the kind, which shows as a dash. */
  readonly measure: (cell: string) => Promise<Measured | undefined>;
  readonly close: () => Promise<unknown>;
}

/** What is exported, as `open`, by the module that runs in the process of a contender. */
export type OpenStand<Setup> = (contender: string, setup: Setup) => Promise<Stand>;

/** Who is measured at what. */
export interface Contest {
  /** What its progress is told by. */
  readonly title: string;
  /** The module that opens a contender, see {@link OpenStand}. */
  readonly stand: URL;
  readonly contenders: readonly string[];
  readonly cells: readonly string[];
  /** So many times as many rounds as others a cell has. Default 1. */
  readonly roundsFor?: (cell: string) => number;
  /** Of the nodes that the contenders run on. */
  readonly nodeFlags?: readonly string[];
  /** Variables that they have besides those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether a contender keeps to one core, where there are two. Default `true`. */
  readonly isPinned?: boolean;
  /** What `open` is given: plain data. */
  readonly setup: (contender: string) => unknown;
}

/** How much is measured, and where. */
export interface Pace {
  /** So often all contenders get new processes. */
  readonly sessions: number;
  /** So often each of them measures every cell, in each session, but for those that have more rounds. */
  readonly rounds: number;
  /** Path of the node that the contenders run on. */
  readonly node: string;
  readonly say: (text: string) => void;
}

/** Numbers by series, cell and contender; one for each round, in their order. */
export type Samples = Record<string, Record<string, Record<string, number[]>>>;
