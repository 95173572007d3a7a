import type { Pipeline } from "../../model/declaration.ts";
import type { TypeIr } from "../../model/type-ir.ts";
import { isComplex } from "../checked-type.ts";
import type { Code, LocalName } from "../code.ts";
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
  return {
    name: writer.functionOf(type.root),
    blocks: [...plan.names.keys()].map((id) => writer.checkFunction(id)),
  };
}

/** Whether what JSON would change is refused, as it is in generated caches unless they say otherwise. */
function isStrictJson([first]: Pipeline): boolean {
  return first?.scheme === "json" && !first.options.some(([name, value]) => name === "strict" && value === false);
}
