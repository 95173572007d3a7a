import { quote } from "@cachetory/runtime/schemes";
import { findUnsayable } from "../../check/find-unsayable.ts";
import type { Host } from "../../host.ts";
import { type Diagnostic, errorAt } from "../../model/diagnostic.ts";
import { valueIr } from "../../model/value-ir.ts";
import { schemaDocument } from "../../schema/schema-document.ts";
import { askedCache } from "../asked-cache.ts";
import type { SchemaOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";

/** Prints the JSON Schema of the values of one cache. */
export async function schema(options: SchemaOptions, host: Host): Promise<CommandResult> {
  const found = await askedCache(options.cache, options.files, host);
  if (!("cache" in found)) return refusal(found);
  const { cache, named, types } = found;
  const ir = valueIr(cache, types);
  if (ir === undefined || named === undefined) {
    const hint = "Its entries are bytes whatever they mean; there is nothing to describe";
    return refusal([
      errorAt("C1018", cache.valueSpan, `cache ${quote(cache.name)} holds bytes, which are no JSON`, hint),
    ]);
  }
  const problems = findUnsayable(named, ir);
  if (problems.length > 0) return refusal(problems);
  const document = schemaDocument(cache, ir);
  return { diagnostics: [], notes: [], exitCode: 0, output: `${JSON.stringify(document, null, 2)}\n` };
}

function refusal(diagnostics: readonly Diagnostic[]): CommandResult {
  return { diagnostics, notes: [], exitCode: exitCodeOf(diagnostics) };
}
