import type { Cell } from "./cells.ts";
import type { Measured } from "./closed-loop.ts";
import type { Place } from "./contender.ts";

/** How much is measured. Milliseconds each. */
export interface Pace {
  /** So often all contenders get new processes. */
  readonly sessions: number;
  /** So often each of them measures every cell. */
  readonly rounds: number;
  /** Each operation before the first is measured. */
  readonly warmMs: number;
  /** The same cell, right before it is measured, which the one before it in the process was not. */
  readonly leadMs: number;
  readonly cellMs: Readonly<Record<Place, number>>;
}

/** What a contestant is asked. */
export type Question =
  | { readonly ask: "open"; readonly place: Place; readonly entrant: number; readonly url: string; readonly pace: Pace }
  | { readonly ask: "measure"; readonly cell: Cell }
  | { readonly ask: "close" };

/** What it answers. */
export type Answer =
  | { readonly answer: "opened"; readonly isIsolated: boolean }
  | { readonly answer: "measured"; readonly measured: Measured | undefined }
  | { readonly answer: "closed" }
  | { readonly answer: "failed"; readonly reason: string };
