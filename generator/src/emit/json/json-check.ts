import type { Pipeline } from "../../model/declaration.ts";
import type { TypeIr } from "../../model/type-ir.ts";
import { isComplex } from "../checked-type.ts";
import { type Code, type LocalName, mentions } from "../code.ts";
import { planTyped } from "../typed/typed-plan.ts";
import { JsonCheckWriter } from "./json-check-writer.ts";

export interface JsonCheck {
  /** What the call of `json` is given. */
  readonly name: LocalName;
  readonly blocks: readonly Code[];
}

/**
 * Functions, made for this type, that tell of most values in a fraction of the time that strict JSON has nothing against
 * them; `undefined` where JSON is not strict, or has no parts to look into.
 *
 * @param valueName - what the type is called in the module
 */
export function jsonCheck(type: TypeIr, valueName: string, pipeline: Pipeline): JsonCheck | undefined {
  if (!isStrictJson(pipeline) || !isComplex(type.root, type.nodes)) return undefined;
  const plan = planTyped(type);
  const writer = new JsonCheckWriter(type, plan, valueName);
  const functions = [...plan.names.keys()].map((id) => ({
    name: writer.functionOf(id),
    code: writer.checkFunction(id),
  }));
  const all = [...functions, ...writer.tries];
  const called = calledFrom(writer.functionOf(type.root), all);
  return {
    name: writer.functionOf(type.root),
    blocks: all.filter(({ name }) => called.has(name)).map(({ code }) => code),
  };
}

interface NamedFunction {
  readonly name: LocalName;
  readonly code: Code;
}

/** The function of this name, and those that it calls; parts of what is looked at without them need none. */
function calledFrom(root: LocalName, functions: readonly NamedFunction[]): ReadonlySet<LocalName> {
  const called = new Set([root]);
  for (const caller of called) {
    const code = functions.find(({ name }) => name === caller)?.code ?? "";
    for (const { name } of functions) if (mentions(code, name)) called.add(name);
  }
  return called;
}

/** Whether what JSON would change is refused, as it is in generated caches unless they say otherwise. */
function isStrictJson([first]: Pipeline): boolean {
  return first?.scheme === "json" && !first.options.some(([name, value]) => name === "strict" && value === false);
}
