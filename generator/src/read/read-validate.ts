import type { Pipeline, Span } from "../model/declaration.ts";
import { isDescribing } from "../model/describing-steps.ts";
import type { Report } from "./report.ts";
import type { YamlMap } from "./yaml-tree.ts";

/** Whether entries are held against the type, as far as that is written. */
export interface WrittenValidate {
  /** `undefined` where it is neither true nor false, which the schema finds. */
  readonly value: boolean | undefined;
  readonly span: Span;
}

/** What a cache or the defaults say of it. */
export function readValidate(map: YamlMap | undefined): WrittenValidate | undefined {
  const node = map?.entries.get("validate")?.value;
  if (node === undefined) return undefined;
  const isBoolean = node.kind === "scalar" && typeof node.value === "boolean";
  return { value: isBoolean ? (node.value as boolean) : undefined, span: node.span };
}

/** True unless somebody says otherwise; what stands at the cache itself must be of use. */
export function chooseValidate(
  pipeline: Pipeline | undefined,
  own: WrittenValidate | undefined,
  shared: WrittenValidate | undefined,
  report: Report,
): boolean {
  if (own?.value === true && pipeline !== undefined && !isDescribing(pipeline)) {
    const message = `"validate" has nothing to do: what "${pipeline[0]?.scheme}" reads says nothing of its type`;
    report("C1505", own.span, message, "Leave it out, or write json, msgpack, pickle or v8");
  }
  return (own ?? shared)?.value ?? true;
}
