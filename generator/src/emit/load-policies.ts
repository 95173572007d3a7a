import { formatDuration } from "@cachetory/runtime/schemes";
import type { CacheDeclaration } from "../model/declaration.ts";
import type { SingleFlight } from "../model/load-policies.ts";
import { integerLiteral, stringLiteral } from "./literal.ts";

/** The properties of a definition that say who shares loads, and when they are stored. */
export function loadPolicyLines({ loads: { singleFlight, isGuarded } }: CacheDeclaration): string {
  return [
    ...(singleFlight === undefined ? [] : [`  singleFlight: ${singleFlightValue(singleFlight)},\n`]),
    ...(isGuarded ? [`  writeBack: "guarded",\n`] : []),
  ].join("");
}

function singleFlightValue({ scope, leaseMs, deadlineMs }: SingleFlight): string {
  const durations = [["lease", leaseMs] as const, ["deadline", deadlineMs] as const];
  if (scope === "cluster" && leaseMs === undefined && deadlineMs === undefined) return stringLiteral(scope);
  const properties = durations.flatMap(([name, ms]) =>
    ms === undefined ? [] : [`${name}: { ms: ${integerLiteral(ms)} }`],
  );
  return `{ ${[...(scope === "cluster" ? [`scope: "cluster"`] : []), ...properties].join(", ")} }`;
}

/** The lines about them in the docstring of a cache. */
export function loadPolicyTexts({ loads: { singleFlight, isGuarded } }: CacheDeclaration): readonly string[] {
  return [
    ...(singleFlight === undefined ? [] : [`- Loads: ${singleFlightText(singleFlight)}`]),
    ...(isGuarded ? ["- Write-back: guarded"] : []),
  ];
}

function singleFlightText({ scope, leaseMs, deadlineMs }: SingleFlight): string {
  const parts = [
    scope === "cluster" ? "shared by all processes" : "shared by the process",
    ...(leaseMs === undefined ? [] : [`lease ${formatDuration(leaseMs)}`]),
    ...(deadlineMs === undefined ? [] : [`deadline ${formatDuration(deadlineMs)}`]),
  ];
  return parts.join(", ");
}
