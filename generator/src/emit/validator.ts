import type { Pipeline } from "../model/declaration.ts";
import { isDescribing } from "../model/describing-steps.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { planChecks } from "./check-plan.ts";
import { CheckWriter } from "./check-writer.ts";
import { isUnchecked } from "./checked-type.ts";
import { type Code, code, local, runtimeType, runtimeValue } from "./code.ts";
import { codeSpan, docstring } from "./docstring.ts";
import { CheckConstants } from "./misfit-condition.ts";

export interface Validator {
  /** What the cache's definition calls its validator. */
  readonly name: Code;
  readonly blocks: readonly Code[];
}

/** Steps that give back objects that hold themselves. */
const cyclic: ReadonlySet<string | undefined> = new Set(["pickle", "v8"]);

/**
 * Functions, made for this type, that find the first place where a value that was read does not fit it; `undefined` where
 * every value fits.
 *
 * @param valueName - what the type is called in the module
 */
export function validator(type: TypeIr, valueName: string, pipeline: Pipeline): Validator | undefined {
  if (!isDescribing(pipeline) || isUnchecked(type.root, type.nodes)) return undefined;
  const plan = planChecks(type, valueName);
  const constants = new CheckConstants();
  const mayBeMany = cyclic.has(pipeline[0]?.scheme) || plan.retried.size > 0;
  const visiting = mayBeMany ? plan.leadToCycle : new Set<number>();
  const recordTest = pipeline[0]?.scheme === "json" ? "isJsonRecord" : "isRecord";
  const writer = new CheckWriter(type, plan, visiting, constants, recordTest);
  const whole = docstring(
    `The first place where an entry is no ${codeSpan(valueName)}; ${codeSpan("undefined")} where it is one.`,
  );
  const functions = [...plan.names.keys()].map((id) => writer.checkFunction(id));
  const root = local(plan.names.get(type.root) ?? "");
  if (!visiting.has(type.root)) {
    const [first = "", ...others] = functions;
    return { name: root, blocks: [...constants.blocks, code`${whole}\n${first}`, ...others] };
  }

  // Values may lead back to themselves, or be tried as several types at each level: no part is looked into twice as one.
  const entry = local(`check${valueName}Whole`);
  const value = local("value");
  const start = plan.cyclic.has(type.root)
    ? code`new ${runtimeValue("Visits")}().once(${root}, ${value})`
    : code`${root}(${value}, new ${runtimeValue("Visits")}())`;
  const block = code`${whole}
function ${entry}(${value}: unknown): ${runtimeType("Misfit")} | undefined {
  return ${start};
}`;
  return { name: entry, blocks: [...constants.blocks, block, ...functions] };
}
