import type { NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { liveStep, unfrozenReason, unliveReason } from "../model/live-types.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { findingAbout, type TypeValue, wholeName } from "./found-parts.ts";
import { type TypeVisit, walkType } from "./walk-type.ts";

/** What keeps the values of a cache from being isolated as it says. To have a copy, each reader may read it anew. */
export function findUnisolated(named: NamedValue, value: TypeValue, ir: TypeIr): readonly Diagnostic[] {
  const wanted = named.isolation?.value;
  const step = named.serializer && liveStep(named.serializer);
  if (wanted === undefined || wanted === "clone" || step === undefined) return [];
  const found = new Map<string, [TypeVisit, ...TypeVisit[]]>();
  walkType(ir, wholeName(value), (visit) => {
    const { node } = visit;
    const reason = unliveReason(node, step, ir) ?? (wanted === "freeze" ? unfrozenReason(node) : undefined);
    const known = reason === undefined ? undefined : found.get(reason);
    if (known !== undefined) known.push(visit);
    else if (reason !== undefined) found.set(reason, [visit]);
    return true;
  });
  return [...found].map(([reason, parts]) => {
    const message = `${reason}: the cache cannot ${wanted} its values`;
    return findingAbout("C2010", parts, named, value, ir, { message, hint: "Write isolation: clone, or leave it out" });
  });
}
