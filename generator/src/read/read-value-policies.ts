import { quote } from "@cachetory/runtime/schemes";
import type { NamedFunction, Pipeline, Span } from "../model/declaration.ts";
import type { Jitter, MaxValueSize, Negative, ValuePolicies } from "../model/value-policies.ts";
import { readJitter } from "./read-jitter.ts";
import { readMaxValueSize } from "./read-max-value-size.ts";
import { readNegative } from "./read-negative.ts";
import { readTtlFunction } from "./read-ttl-function.ts";
import type { Report } from "./report.ts";
import type { YamlMap, YamlNode } from "./yaml-tree.ts";

/** What a cache or the defaults say of single values. */
export interface WrittenValuePolicies {
  readonly hasTtl: boolean;
  readonly ttlFunction: NamedFunction | undefined;
  readonly jitter: Written<Jitter> | undefined;
  readonly negative: Written<Negative> | undefined;
  readonly maxValueSize: Written<MaxValueSize> | undefined;
}

interface Written<Value> {
  /** `undefined` where it is wrong, which is reported. */
  readonly value: Value | undefined;
  readonly span: Span;
}

export function readValuePolicies(map: YamlMap | undefined, report: Report): WrittenValuePolicies {
  return {
    hasTtl: map?.entries.has("ttl") === true,
    ttlFunction: readTtlFunction(map, report),
    jitter: written(map, "jitter", (node) => readJitter(node, report)),
    negative: written(map, "negative", (node) => readNegative(node, report)),
    maxValueSize: written(map, "max-value-size", (node) => readMaxValueSize(node, report)),
  };
}

function written<Value>(
  map: YamlMap | undefined,
  name: string,
  read: (node: YamlNode) => Value | undefined,
): Written<Value> | undefined {
  const node = map?.entries.get(name)?.value;
  return node === undefined ? undefined : { value: read(node), span: node.span };
}

/** What holds for a cache. A ttl of its own takes the place of that of the defaults, with its function. */
export function chooseValuePolicies(
  own: WrittenValuePolicies,
  shared: WrittenValuePolicies,
  pipeline: Pipeline | undefined,
): ValuePolicies {
  return {
    ttlFunction: own.hasTtl ? own.ttlFunction : shared.ttlFunction,
    jitter: (own.jitter ?? shared.jitter)?.value,
    negative: (own.negative ?? shared.negative)?.value,
    negativeSpan: own.negative?.span,
    // What the default cannot measure is not measured.
    maxValueSize: isMeasured(pipeline) ? (own.maxValueSize ?? shared.maxValueSize)?.value : undefined,
  };
}

/** What stands at a cache itself must have something to measure; the runtime would refuse it. */
export function checkMaxValueSize(
  cacheName: string,
  pipeline: Pipeline | undefined,
  own: WrittenValuePolicies,
  report: Report,
): void {
  if (own.maxValueSize === undefined || isMeasured(pipeline)) return;
  const message = `"max-value-size" of cache ${quote(cacheName)} has nothing to measure: noop keeps the value itself`;
  report("C1508", own.maxValueSize.span, message, "Leave it out, or write json or typed, of which values are measured");
}

export function isMeasured(pipeline: Pipeline | undefined): boolean {
  return pipeline?.[0]?.scheme !== "noop";
}
