import type { NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { TypeIr, TypeNode } from "../model/type-ir.ts";
import { peculiarityOf } from "./carried-values.ts";
import { findingAbout, type TypeValue, wholeName } from "./found-parts.ts";
import { nameless, type TypeVisit, walkType } from "./walk-type.ts";

/** What of a type JSON, or a JSON Schema, cannot say. */
export function findUnsayable(named: NamedValue, ir: TypeIr): readonly Diagnostic[] {
  const value: TypeValue = named.value.kind === "type" ? named.value : { expression: nameless };
  const found = new Map<string, { readonly hint: string; readonly parts: [TypeVisit, ...TypeVisit[]] }>();
  walkType(ir, wholeName(value), (visit) => {
    const problem = problemOf(visit, ir.nodes);
    if (problem === undefined) return true;
    const known = found.get(problem.message);
    if (known === undefined) found.set(problem.message, { hint: problem.hint, parts: [visit] });
    else known.parts.push(visit);
    return false;
  });
  return [...found].map(([message, { hint, parts }]) =>
    findingAbout("C1018", parts, named, value, ir, { message, hint }),
  );
}

function problemOf(
  visit: TypeVisit,
  nodes: readonly TypeNode[],
): { readonly message: string; readonly hint: string } | undefined {
  const { node } = visit;
  switch (node.kind) {
    case "function":
    case "symbol":
    case "promise":
    case "instance":
      return { message: "is more than data, which no JSON says", hint: "A JSON Schema is there for types of data" };
    case "endless":
      return { message: "has a type that goes on without end", hint: "A JSON Schema is there for types that end" };
    case "tuple": {
      const rest = node.elements.findIndex(({ presence }) => presence === "rest");
      if (rest < 0 || rest === node.elements.length - 1) return undefined;
      return { message: "has elements after a rest, which no JSON Schema says", hint: "Let the rest come last" };
    }
    default: {
      const peculiarity = peculiarityOf(visit, nodes);
      if (peculiarity?.losses.json === undefined || peculiarity.isLaxJson) return undefined;
      const hint = `Declare it as ${peculiarity.instead} for a JSON Schema of the type`;
      return { message: `is ${peculiarity.name}, which no JSON says`, hint };
    }
  }
}
