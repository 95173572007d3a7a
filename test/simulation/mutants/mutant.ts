import type { Edit } from "../runtime-bundle.ts";
import type { Configuration } from "../schedule.ts";

/** A guard of the runtime, taken out. */
export interface Mutant {
  /** What the guard does. */
  readonly name: string;
  /** The seed to begin with, where those before it show nothing: the test ends sooner. Default 0 */
  readonly from?: number;
  /** In which configurations it has something to do: schedules are spared that could not find it. */
  readonly concerns: Partial<Configuration>;
  readonly edits: readonly Edit[];
}
