import { clip, quote } from "@cachetory/runtime/schemes";
import type { AllowedAny, NamedValue } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import { listNames } from "../model/list-names.ts";
import type { TypeIr, TypeNode } from "../model/type-ir.ts";
import { findingAbout, type TypeValue, wholeName } from "./found-parts.ts";
import { pathOf, type TypeVisit, walkType } from "./walk-type.ts";

/** What inside of a type nothing could store and read back, whatever the serializer; but for live values, which are not. */
export function findUncacheableParts(named: NamedValue, value: TypeValue, ir: TypeIr): readonly Diagnostic[] {
  if (named.serializer?.[0]?.scheme === "noop") return unneeded(value.allowAny ?? [], new Set());
  const found = new Map<string, [TypeVisit, ...TypeVisit[]]>();
  const used = new Set<AllowedAny>();
  walkType(ir, wholeName(value), (visit) => {
    if (problemOf(visit.node, "") === undefined) return true;
    const permission = visit.node.kind === "any" ? permissionFor(visit, value) : undefined;
    if (permission !== undefined) used.add(permission);
    else {
      const kind = visit.node.kind === "instance" ? visit.node.name : visit.node.kind;
      const known = found.get(kind);
      if (known !== undefined) known.push(visit);
      else found.set(kind, [visit]);
    }
    return false;
  });
  const problems = [...found.values()].flatMap((parts): readonly Diagnostic[] => {
    const problem = problemOf(parts[0].node, pathOf(parts[0]));
    return problem === undefined ? [] : [findingAbout("C2006", parts, named, value, ir, problem)];
  });
  return [...problems, ...unneeded(value.allowAny ?? [], used)];
}

interface Problem {
  readonly message: string;
  readonly hint: string;
}

const live = "to keep live values in memory, write serializer: noop";

function problemOf(node: TypeNode, path: string): Problem | undefined {
  switch (node.kind) {
    case "any":
      return {
        message: 'is "any", which says nothing of what is cached',
        hint: `Give it a type, or unknown; or allow it by its path or its type: allow-any: [${JSON.stringify(clip(path))}]`,
      };
    case "function":
      return {
        message: "is a function, which cannot be stored",
        hint: `Cache the type without it, as Omit<…> makes it; ${live}`,
      };
    case "symbol":
      return { message: "is a symbol, which cannot be stored", hint: `Declare it as a string; ${live}` };
    case "promise":
      return { message: "is a promise, which cannot be stored", hint: `Cache what it resolves to; ${live}` };
    case "endless":
      return {
        message: "has a type that goes on without end",
        hint: "Its type arguments grow, or it has more than 50,000 parts: cache a type that comes to an end",
      };
    case "instance":
      return {
        message: instanceMessage(node.name, node.methods),
        hint: `Cache its data, as a type of its own; ${live}`,
      };
    default:
      return undefined;
  }
}

function instanceMessage(name: string, methods: readonly string[]): string {
  const what = name === "object" ? "an object" : `of the type ${quote(name)}`;
  return methods.length === 0
    ? `is ${what}, an error of its own kind, which cannot be stored`
    : `is ${what} with more than data (${listNames(methods)}), which cannot be stored`;
}

/** What allows an `any`: its path, that of something around it, or the name of a type around it. */
function permissionFor(visit: TypeVisit, { allowAny = [] }: TypeValue): AllowedAny | undefined {
  for (let at: TypeVisit | undefined = visit; at !== undefined && allowAny.length > 0; at = at.parent) {
    const names = [pathOf(at), ...(at.node.kind === "object" && at.node.name !== undefined ? [at.node.name] : [])];
    const permission = allowAny.find(({ text }) => names.includes(text));
    if (permission !== undefined) return permission;
  }
  return undefined;
}

function unneeded(allowed: readonly AllowedAny[], used: ReadonlySet<AllowedAny>): readonly Diagnostic[] {
  return allowed
    .filter((permission) => !used.has(permission))
    .map(({ text, span }) => {
      const message = `"allow-any" names ${quote(text)}, but there is no any that it would allow`;
      return breachAt("C2009", span, message, "Leave it out, or write the path as the finding about the any shows it");
    });
}
