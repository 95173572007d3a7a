import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { InvalidationDeclaration, KeyPattern } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import type { FoundEntries, MutatedFunction } from "../model/mutated-function.ts";
import { selectEntries } from "../model/selected-entries.ts";
import { aliasType, type Complaints, findFunction } from "./find-function.ts";
import type { PlacedFinding } from "./finding.ts";
import { parametersOf } from "./function-parameters.ts";
import { matchEntries } from "./match-entries.ts";
import type { Probe } from "./probe.ts";
import type { ProbedMutation } from "./probed-function.ts";

export interface ResolvedMutated {
  readonly findings: readonly PlacedFinding[];
  /** `undefined` where anything is against it, or a key is not known. */
  readonly found: MutatedFunction | undefined;
}

/**
 * Looks at one mutation of the probe: what generated code needs to know of it, and all that is against it.
 *
 * @param madeKeys - keys of caches that are made for memoized functions, by the name of the cache
 */
export function resolveMutated(
  probed: ProbedMutation,
  madeKeys: ReadonlyMap<string, KeyPattern>,
  probe: Probe,
  complaints: Complaints,
): ResolvedMutated {
  const { named: mutation, exports } = probed;
  const { checker } = probe;
  const resolved = findFunction(probed, probe, complaints);
  if ("code" in resolved) return { findings: [resolved], found: undefined };
  const { documentation, signatures, instance } = resolved;
  const keyTypes = { date: aliasType(probed.date, probe), hash: aliasType(probed.hash, probe) };
  const findings: PlacedFinding[] = [];
  const invalidations: FoundEntries[] = [];
  for (const invalidation of mutation.invalidations) {
    const selected = selectionOf(invalidation, madeKeys);
    if (selected === undefined) continue;
    findings.push(...selected.problems.map((problem) => ({ code: "C1603", ...problem }) as const));
    const [first, ...others] = signatures.map((signature) =>
      matchEntries({ mutation, invalidation, selected, signature, instance, keyTypes, checker }),
    );
    if (first === undefined) throw new Error("A function has a signature.");
    const inSignatures = [first, ...others].flatMap((match) => match.findings);
    findings.push(...inSignatures);
    if (
      inSignatures.length === 0 &&
      others.some(({ parts }) => JSON.stringify(parts) !== JSON.stringify(first.parts))
    ) {
      findings.push({
        code: "C2104",
        span: invalidation.span,
        message: `the overloads of ${quote(functionName(mutation))} have parts of the key in different places`,
        hint: "Name a function with one signature",
      });
    }
    invalidations.push({ by: selected.by, parts: first.parts });
  }
  const distinct = [...new Map(findings.map((each) => [JSON.stringify([each.span, each.message]), each])).values()];
  if (distinct.length > 0 || invalidations.length < mutation.invalidations.length) {
    return { findings: distinct, found: undefined };
  }
  const used = invalidations.flatMap(({ parts }) =>
    parts.flatMap(({ source }) => (source.kind === "value" ? [source.from + 1] : [])),
  );
  const found: MutatedFunction = {
    module: exports.reference,
    documentation,
    parameters: parametersOf(signatures[0], Math.max(0, ...used)),
    isPromising: signatures.some((signature) => givesPromise(signature, checker)),
    invalidations,
  };
  return { findings: [], found };
}

/** `undefined` where the key of the cache could not be made, which has a finding. */
function selectionOf(
  invalidation: InvalidationDeclaration,
  madeKeys: ReadonlyMap<string, KeyPattern>,
): ReturnType<typeof selectEntries> | undefined {
  const { cache } = invalidation;
  const key = cache.key ?? madeKeys.get(cache.name);
  return key && selectEntries(invalidation, key);
}

/** Whether that cannot be told counts as a promise: who waits for what is none loses nothing. */
function givesPromise(signature: ts.Signature, checker: ts.TypeChecker): boolean {
  const returned = signature.getReturnType();
  return (returned.flags & ts.TypeFlags.Any) !== 0 || checker.getAwaitedType(returned) !== returned;
}
