import type { Pipeline } from "./declaration.ts";

const describing: ReadonlySet<string | undefined> = new Set(["json", "msgpack", "pickle", "v8"]);

/** Whether the first step is code that is written for the type. */
export function isTyped(pipeline: Pipeline): boolean {
  return pipeline[0]?.scheme === "typed";
}

/** Whether what a pipeline reads tells of which type it is, so that an entry of another shape can be found out. */
export function isDescribing(pipeline: Pipeline): boolean {
  return describing.has(pipeline[0]?.scheme);
}
