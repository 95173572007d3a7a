import { applyRules } from "../check/apply-rules.ts";
import { checkCoherence } from "../check/check-coherence.ts";
import type { FileSystem } from "../host.ts";
import { inTextOrder } from "../model/in-text-order.ts";
import { type ReadDeclarations, readDeclarations } from "../read/read-declarations.ts";

/** Reads a YAML file, with all that can be found in it without TypeScript, as its rules want it. */
export function validateFile(file: string, files: FileSystem): ReadDeclarations {
  const read = readDeclarations(file, files);
  const incoherent = read.declarations === undefined ? [] : checkCoherence(read.declarations, read.usage);
  const diagnostics = applyRules([...read.diagnostics, ...incoherent], read.rules, "validate");
  return { ...read, diagnostics: inTextOrder(diagnostics) };
}
