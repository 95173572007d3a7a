import { quote } from "@cachetory/runtime/schemes";
import type { ts } from "ts-morph";
import { functionName } from "../model/function-name.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import { aliasType, type Complaints, findFunction } from "./find-function.ts";
import type { PlacedFinding } from "./finding.ts";
import { parametersOf } from "./function-parameters.ts";
import { makeKey } from "./make-key.ts";
import { matchParameters } from "./match-parameters.ts";
import { findInResult } from "./memoized-findings.ts";
import type { Probe } from "./probe.ts";
import type { ProbedFunction } from "./probed-function.ts";

export interface ResolvedMemoized {
  readonly findings: readonly PlacedFinding[];
  /** `undefined` where anything is against it. */
  readonly found: MemoizedFunction | undefined;
}

/** Looks at one function of the probe: what generated code needs to know of it, and all that is against it. */
export function resolveMemoized(probed: ProbedFunction, probe: Probe, complaints: Complaints): ResolvedMemoized {
  const { named: memoized, exports, keyTypes, value } = probed;
  const { checker } = probe;
  const resolved = findFunction(probed, probe, complaints);
  if ("code" in resolved) return { findings: [resolved], found: undefined };
  const { documentation, signatures, instance } = resolved;
  const [signature] = signatures;
  const made = memoized.cache.key === undefined ? makeKey(memoized, signature, instance, probe) : undefined;
  if (made !== undefined && made.findings.length > 0) return { findings: made.findings, found: undefined };
  const pattern = made?.pattern ?? memoized.cache.key ?? { text: "", segments: [] };
  const parameters = pattern.segments.filter((segment) => segment.kind === "parameter");
  const typesOfKey =
    made?.types ?? new Map(parameters.map(({ name }, index) => [name, aliasType(keyTypes[index], probe)]));
  const matches = signatures.map((each) => matchParameters(memoized, pattern, each, instance, typesOfKey, checker));
  const results = signatures.flatMap(
    (each) => (value && findInResult(memoized, each, typesOfValue(value, probe), probe)) ?? [],
  );
  const [match, ...others] = matches;
  if (match === undefined) throw new Error("A function has a signature.");
  const findings = [...matches.flatMap((each) => each.findings), ...results];
  if (findings.length === 0 && others.some((other) => JSON.stringify(other.key) !== JSON.stringify(match.key))) {
    findings.push({
      code: "C2102",
      message: `the overloads of ${quote(functionName(memoized))} take parts of the key in different places`,
      hint: "Memoize a function with one signature",
    });
  }
  const distinct = [...new Map(findings.map((finding) => [finding.message, finding])).values()];
  if (distinct.length > 0) return { findings: distinct, found: undefined };
  const count = Math.max(0, ...match.key.map(({ index }) => index + 1));
  const found: MemoizedFunction = {
    module: exports.reference,
    documentation,
    parameters: parametersOf(signature, count),
    madeKey: made?.pattern,
    key: match.key,
    batch: undefined,
  };
  return { findings: [], found };
}

function typesOfValue(
  { type, orUndefined, text }: NonNullable<ProbedFunction["value"]>,
  probe: Probe,
): { readonly type: ts.Type; readonly orUndefined: ts.Type; readonly text: string } {
  return { type: aliasType(type, probe), orUndefined: aliasType(orUndefined, probe), text };
}
