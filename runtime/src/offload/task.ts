import type { Kind } from "../serializers/serializer.ts";
import type { MovedError } from "./moved-error.ts";

/** Steps of a pipeline that another thread can make. */
export interface MovedSteps {
  /** One for each step, from the first to the last. */
  readonly urls: readonly string[];
  /** What the first of them is given; values travel as bytes, see `packValue`. */
  readonly takes: Kind;
}

/** What a worker thread is asked. */
export interface Task {
  readonly steps: MovedSteps;
  readonly direction: "serialize" | "deserialize";
  /** Bytes belong to the task: they are moved, not copied. */
  readonly input: string | Uint8Array;
}

/** What it answers: what the steps made, or why they did not. */
export type Reply = string | Uint8Array | { readonly error: MovedError };
