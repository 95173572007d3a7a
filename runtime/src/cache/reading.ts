import type { HitEvent } from "../observe/event-types.ts";

/** Where the values of reads were found, by the texts of their keys; what is not among them was found where all are. */
export type FoundIn = Map<string, HitEvent["layer"]>;

/** What entries are read for. */
export interface Reading {
  /** Whether a fresh entry that is due for a refresh is told apart. */
  readonly forLoad: boolean;
  /** Where each key would be found, of two layers, for a read to tell what is otherwise; `undefined` where nobody wants to be told. */
  readonly foundIn: FoundIn | undefined;
}

/** Nobody wants to be told more. */
export const plainReading: Reading = { forLoad: false, foundIn: undefined };
export const plainReadingForLoad: Reading = { forLoad: true, foundIn: undefined };
