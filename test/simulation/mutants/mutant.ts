import type { Edit } from "../runtime-bundle.ts";
import type { Configuration } from "../schedule.ts";

/** A guard of the runtime, taken out. */
export interface Mutant {
  /** What the guard does. */
  readonly name: string;
  /** In which configurations it has something to do: schedules are spared that could not find it. */
  readonly concerns: Partial<Configuration>;
  readonly edits: readonly Edit[];
}
