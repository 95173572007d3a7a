import type { NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { TypeIr, TypeNode } from "../model/type-ir.ts";
import { type Peculiarity, peculiarityOf, type ValueStep, valueSteps } from "./carried-values.ts";
import { findingAbout, type TypeValue, wholeName } from "./found-parts.ts";
import { type TypeVisit, walkType } from "./walk-type.ts";

/** What the first step of the cache's serializer would not give back as it was. */
export function findUncarried(named: NamedValue, value: TypeValue, ir: TypeIr): readonly Diagnostic[] {
  const first = named.serializer?.[0];
  const step = first?.scheme;
  if (step === undefined || step === "noop") return [];
  if (step === "text" || step === "bytes") return findOther(step, named, value, ir);
  if (!isValueStep(step)) return [];
  const found = peculiarities(value, ir);
  return [...found].flatMap(([peculiarity, parts]): readonly Diagnostic[] => {
    const loss = peculiarity.losses[step];
    const isLax = first?.options.some(([name, option]) => name === "strict" && option === false);
    if (loss === undefined || (isLax && peculiarity.isLaxJson)) return [];
    const message = `is ${peculiarity.name}, which ${step} does not carry: ${loss}`;
    return [findingAbout("C2008", parts, named, value, ir, { message, hint: hintFor(peculiarity, [...found.keys()]) })];
  });
}

function peculiarities(value: TypeValue, ir: TypeIr): ReadonlyMap<Peculiarity, [TypeVisit, ...TypeVisit[]]> {
  const found = new Map<Peculiarity, [TypeVisit, ...TypeVisit[]]>();
  walkType(ir, wholeName(value), (visit) => {
    const peculiarity = peculiarityOf(visit, ir.nodes);
    const known = peculiarity && found.get(peculiarity);
    if (known !== undefined) known.push(visit);
    else if (peculiarity !== undefined) found.set(peculiarity, [visit]);
    return true;
  });
  return found;
}

function isValueStep(step: string): step is ValueStep {
  return valueSteps.some((known) => known === step);
}

function fittingSteps(all: readonly Peculiarity[]): readonly ValueStep[] {
  return valueSteps.filter((step) => all.every(({ losses }) => losses[step] === undefined));
}

function hintFor({ instead, isLaxJson }: Peculiarity, all: readonly Peculiarity[]): string {
  const fitting = fittingSteps(all);
  const declare = `declare it as ${instead}${isLaxJson ? ", or write json://?strict=false" : ""}`;
  return fitting.length === 0
    ? `No serializer carries all of the type but noop, in memory alone; ${declare}`
    : `Write ${fitting.join(" or ")}, which carr${fitting.length === 1 ? "ies" : "y"} all of the type, or ${declare}`;
}

/** Steps for one kind of value take nothing else at all. */
function findOther(step: "text" | "bytes", named: NamedValue, value: TypeValue, ir: TypeIr): readonly Diagnostic[] {
  const misfits: TypeVisit[] = [];
  walkType(ir, wholeName(value), (visit) => {
    if (visit.node.kind === "union") return true;
    if (!isTaken(step, visit.node)) misfits.push(visit);
    return false;
  });
  const [first, ...others] = misfits;
  if (first === undefined) return [];
  const takes = step === "text" ? "string" : "Uint8Array";
  const message = `is not always a ${takes}, and ${step} carries nothing else`;
  const fitting = fittingSteps([...peculiarities(value, ir).keys()]);
  const hint = `Write ${fitting.length === 0 ? "another serializer" : fitting.join(" or ")}`;
  return [findingAbout("C2008", [first, ...others], named, value, ir, { message, hint })];
}

function isTaken(step: "text" | "bytes", node: TypeNode): boolean {
  switch (node.kind) {
    case "any":
    case "never":
      return true;
    case "string":
    case "template":
      return step === "text";
    case "literal":
      return step === "text" && typeof node.value === "string";
    case "builtin":
      return step === "bytes" && node.name === "Uint8Array";
    default:
      return false;
  }
}
