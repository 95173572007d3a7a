import { ts } from "ts-morph";
import type { Finding } from "./finding.ts";

/** Why no cache can hold values of this type, judged by the type itself and the members of a union. */
export function findUncacheable(type: ts.Type, text: string, program: ts.Program): Finding | undefined {
  const members = type.isUnion() ? type.types : [type];
  for (const member of members) {
    const reason = reasonAgainst(member, program);
    if (reason !== undefined) {
      const verb = members.length > 1 ? "allows" : "is";
      return { code: "C2006", message: `\`${text}\` ${verb} ${reason.what}.`, hint: reason.hint };
    }
  }
  return undefined;
}

function reasonAgainst(type: ts.Type, program: ts.Program): { what: string; hint: string } | undefined {
  if (type.flags & ts.TypeFlags.Any) {
    return {
      what: "of any type: nothing is known of what is cached",
      hint: "Name a type, or `unknown` if none fits.",
    };
  }
  if (type.flags & ts.TypeFlags.Never) {
    return {
      what: "a type without values",
      hint: "Look at what the type is made of: two parts of it exclude each other.",
    };
  }
  if (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) {
    const hint = "Leave it out: `get` answers `undefined` for a miss. For a known absence use `null`.";
    return { what: "`undefined`, which cannot be told from a miss", hint };
  }
  if (type.flags & ts.TypeFlags.ESSymbolLike) {
    return { what: "a symbol, which cannot be stored", hint: "Use a string." };
  }
  if (isPromise(type, program)) {
    return { what: "a promise, which cannot be stored", hint: "Cache what it resolves to: `Awaited<...>`." };
  }
  if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) {
    return {
      what: "a function, which cannot be stored",
      hint: "Cache what it returns: `ReturnType<...>`; for a class, `InstanceType<...>`.",
    };
  }
  return undefined;
}

function isPromise(type: ts.Type, program: ts.Program): boolean {
  const symbol = type.getSymbol();
  if (symbol?.name !== "Promise" && symbol?.name !== "PromiseLike") return false;
  return symbol.declarations?.some((node) => program.isSourceFileDefaultLibrary(node.getSourceFile())) === true;
}
