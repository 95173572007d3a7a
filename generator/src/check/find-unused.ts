import { quote } from "@cachetory/runtime/schemes";
import type { Declarations } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import type { Usage } from "../model/usage.ts";

/** Backends, defaults and names of variables that are written for somebody who does not come. */
export function findUnused({ backends, caches, memoized }: Declarations, usage: Usage): readonly Diagnostic[] {
  const all = [...caches, ...memoized.map(({ cache }) => cache)];
  const used = new Set(all.flatMap(({ backend, layers }) => [backend, ...(layers === undefined ? [] : [layers.near])]));
  const idleBackends = backends.filter(({ name }) => !used.has(name));
  const idleDefaults = usage.defaults.filter(({ isTaken }) => !isTaken);
  const named = new Set(usage.variables.map(({ name }) => name));
  const idleNames = (usage.environment ?? []).filter(({ name }) => !named.has(name));
  return [
    ...idleBackends.map(({ name, nameSpan }) => {
      const hint = "Give it to a cache, or leave it out";
      return breachAt("C1704", nameSpan, `no cache has the backend ${quote(name)}`, hint);
    }),
    ...idleDefaults.map(({ name, span }) => {
      const hint = "Leave it out: each cache of this file has its own, or has no use for it";
      return breachAt("C1705", span, `no cache takes ${quote(name)} of "defaults"`, hint);
    }),
    ...idleNames.map(({ name, span }) => {
      const hint = "Name it in the URL of a backend, or leave it out";
      return breachAt("C1707", span, `nothing names the environment variable ${quote(name)}`, hint);
    }),
  ];
}
