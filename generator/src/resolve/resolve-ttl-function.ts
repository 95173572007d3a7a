import { clip, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import { functionName } from "../model/function-name.ts";
import type { TtlFunction, TtlFunctionDeclaration } from "../model/ttl-function.ts";
import { aliasType, type Complaints, constantOf, findFunction } from "./find-function.ts";
import { type Finding, nameOrNode, type PlacedFinding, placeOf } from "./finding.ts";
import { findInName } from "./memoized-findings.ts";
import type { ModuleExports } from "./module-exports.ts";
import type { NamedModule } from "./named-module.ts";
import type { Probe, ProbedConstant, ProbedType } from "./probe.ts";
import { declareValue, probedConstant } from "./probed-function.ts";

/** A function that says a ttl, in the probe. */
export interface ProbedTtlFunction extends ProbedConstant {
  readonly named: TtlFunctionDeclaration;
  /** The names of types: of what it is to return, and of what it is to be. */
  readonly ttl: string;
  /** `undefined` where the type of the cache's values could not be resolved. */
  readonly wanted: string | undefined;
}

/** As the runtime declares it. */
const ttlText = '"forever" | { readonly ms: number } | `${number}${"ms" | "s" | "m" | "h" | "d"}` | `P${string}`';

/** What the probe is to declare for such a function; or why it cannot be imported by its name. */
export function probedTtlFunction(
  named: TtlFunctionDeclaration,
  index: number,
  types: readonly ProbedType[],
  module: NamedModule,
  exports: ModuleExports,
): ProbedTtlFunction | Finding {
  if (named.isOfInstance) {
    const message = `${quote(functionName(named))} needs an instance, and nobody has one who stores a value`;
    return { code: "C2106", message, hint: "Name an exported function, or a static method as Class.method" };
  }
  const problem = findInName(named, exports);
  if (problem !== undefined) return problem;
  const [ttl, wanted] = [`$ttl${index}`, `$ttlOf${index}`];
  const aliases = new Map([[ttl, ttlText]]);
  const value = declareValue(named.cache, `$ttlValue${index}`, types, aliases);
  if (value !== undefined) aliases.set(wanted, `(value: ${value}) => ${ttl}`);
  return {
    ...probedConstant(named, index, module, exports),
    named,
    aliases,
    ttl,
    wanted: value === undefined ? undefined : wanted,
  };
}

/** Looks at one such function of the probe: what generated code needs to know of it, or what is against it. */
export function resolveTtlFunction(
  probed: ProbedTtlFunction,
  probe: Probe,
  complaints: Complaints,
): { readonly findings: readonly PlacedFinding[]; readonly found: TtlFunction | undefined } {
  const { named, wanted, exports } = probed;
  const { checker } = probe;
  const resolved = findFunction(probed, probe, complaints);
  if ("code" in resolved) return { findings: [resolved], found: undefined };
  const [signature] = resolved.signatures;
  const returned = signature.getReturnType();
  const refuse = (message: string, hint: string): ReturnType<typeof resolveTtlFunction> => {
    const at = signature.declaration;
    const related = [
      { span: named.cache.span, message: `the value of cache ${quote(named.cache.name)} is written here` },
      ...(at === undefined ? [] : [placeOf(nameOrNode(at), "the function is declared here")]),
    ];
    return { findings: [{ code: "C2106", message, hint, related }], found: undefined };
  };
  const subject = quote(functionName(named));
  if ((checker.getAwaitedType(returned) ?? returned) !== returned) {
    return refuse(`${subject} gives a promise, and a ttl is needed at once`, "Let it return a Ttl");
  }
  const isAny = (returned.flags & ts.TypeFlags.Any) !== 0;
  if (isAny || !checker.isTypeAssignableTo(returned, aliasType(probed.ttl, probe))) {
    const given = clip(checker.typeToString(returned, undefined, ts.TypeFormatFlags.InTypeAlias));
    const hint = 'Write that it returns Ttl, of @cachetory/runtime: "30s", "forever" or { ms: 1500 }, for one';
    return refuse(`${subject} gives ${given}, which is no ttl`, hint);
  }
  const own = checker.getTypeAtLocation(constantOf(probed.constant, probe).name);
  if (wanted !== undefined && !checker.isTypeAssignableTo(own, aliasType(wanted, probe))) {
    const message = `${subject} cannot be called with a value of cache ${quote(named.cache.name)} alone`;
    return refuse(message, "Let it take the type of the cache's values, and nothing else");
  }
  return { findings: [], found: { module: exports.reference } };
}
