import type { Random } from "./random.ts";

/** A string of one kilobyte. */
export type Note = string;

export function makeNote(random: Random): Note {
  return random.words(200).slice(0, 1024);
}
