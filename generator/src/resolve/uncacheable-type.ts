import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { Finding } from "./finding.ts";

/** Why no cache can hold values of this type, judged by the type itself and the members of a union. */
export function findUncacheable(type: ts.Type, text: string, program: ts.Program): Finding | undefined {
  const members = type.isUnion() ? type.types : [type];
  for (const member of members) {
    const reason = reasonAgainst(member, program);
    if (reason !== undefined) {
      const verb = members.length > 1 ? "allows" : "is";
      const subject = text === reason.name ? quote(text) : `${quote(text)} ${verb} ${reason.what}, which`;
      return { code: "C2006", message: `${subject} ${reason.why}`, hint: reason.hint };
    }
  }
  return undefined;
}

interface Reason {
  /** How TypeScript writes the type, where it has one name. */
  readonly name?: string;
  readonly what: string;
  readonly why: string;
  readonly hint: string;
}

function reasonAgainst(type: ts.Type, program: ts.Program): Reason | undefined {
  if (type.flags & ts.TypeFlags.Any) {
    const hint = "Name a type, or unknown if none fits";
    return { name: "any", what: '"any"', why: "says nothing of what is cached", hint };
  }
  if (type.flags & ts.TypeFlags.Never) {
    const hint = "Name a type that has values; of this one two parts may exclude each other";
    return { name: "never", what: '"never"', why: "has no values", hint };
  }
  if (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) {
    const hint = "Leave it out: get answers undefined for a miss; for an absence that is known use null";
    return { name: "undefined", what: '"undefined"', why: "cannot be told from a miss", hint };
  }
  const why = "cannot be stored";
  if (type.flags & ts.TypeFlags.ESSymbolLike) return { name: "symbol", what: "a symbol", why, hint: "Use a string" };
  if (isPromise(type, program)) {
    return { what: "a promise", why, hint: "Cache what it resolves to: Awaited<…>" };
  }
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) {
    return { what: "a function", why, hint: "Cache what it returns: ReturnType<…>, or for a class InstanceType<…>" };
  }
  return undefined;
}

function isPromise(type: ts.Type, program: ts.Program): boolean {
  const symbol = type.getSymbol();
  if (symbol?.name !== "Promise" && symbol?.name !== "PromiseLike") return false;
  return symbol.declarations?.some((node) => program.isSourceFileDefaultLibrary(node.getSourceFile())) === true;
}
