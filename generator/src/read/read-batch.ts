import { quote } from "@cachetory/runtime/schemes";
import type { BatchDeclaration, CacheDeclaration, NamedFunction, UnkeyedCache } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import { propertyExamples } from "./known-properties.ts";
import { readFunction } from "./read-function.ts";
import type { Report } from "./report.ts";
import { textOf, type YamlMap } from "./yaml-tree.ts";

/** What an entry of `memoize` says of loading many at once; `undefined` where it says nothing. */
export function readBatch(
  name: string,
  node: YamlMap,
  single: NamedFunction | undefined,
  cache: CacheDeclaration | UnkeyedCache | undefined,
  report: Report,
): BatchDeclaration | undefined | "wrong" {
  const limit = node.entries.get("max-batch");
  if (!node.entries.has("batch")) {
    if (limit === undefined) return undefined;
    const message = `"max-batch" of memoized function ${quote(name)} has no effect, for it has no "batch"`;
    report("C1602", limit.keySpan, message, `Leave it out, or name what loads many: ${propertyExamples["batch"]}`);
    return "wrong";
  }
  const batchNode = textOf(node, "batch");
  const found = batchNode && readFunction(batchNode, "C1602", report);
  if (found === undefined) return "wrong";
  const subject = quote(functionName(found));
  if (cache?.mode === "sync") {
    const why = "a call has its answer when it returns, before there is another to load with it";
    const message = `${subject} cannot load for cache ${quote(cache.name)}, which is synchronous: ${why}`;
    report("C1602", found.functionSpan, message, 'Take a cache without mode: sync, or leave "batch" out');
    return "wrong";
  }
  if (found.isOfInstance && single !== undefined && !isOfSameType(found, single)) {
    const message = `${subject} is a method of instances, and ${quote(functionName(single))} is none of the same type`;
    const hint = "Name a method of that type, a static method, or an exported function";
    report("C1602", found.functionSpan, message, hint);
    return "wrong";
  }
  const value = limit?.value.kind === "scalar" ? limit.value.value : undefined;
  return { ...found, maxCalls: typeof value === "number" ? value : undefined };
}

function isOfSameType(batch: NamedFunction, { module, path, isOfInstance }: NamedFunction): boolean {
  const typeOf = (names: readonly string[]): string => names.slice(0, -1).join(".");
  return isOfInstance && module === batch.module && typeOf(path) === typeOf(batch.path);
}
