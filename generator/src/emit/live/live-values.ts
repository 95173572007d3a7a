import type { CacheDeclaration, Isolation } from "../../model/declaration.ts";
import { isolationOf, liveStep } from "../../model/live-types.ts";
import type { TypeIr } from "../../model/type-ir.ts";
import { type Code, code } from "../code.ts";
import { CheckConstants } from "../misfit-condition.ts";
import { ObjectMakers } from "../object-makers.ts";
import { planTyped } from "../typed/typed-plan.ts";
import { CopyWriter } from "./copy-writer.ts";
import { SizeWriter } from "./size-writer.ts";

export interface EmittedLiveValues {
  /** What becomes of the one that is declared. */
  readonly isolation: Isolation;
  /** What the cache's definition has under `live`. */
  readonly property: Code;
  /** Tells of a value that it is kept as it is, and so that the serializer keeps it too. */
  readonly keeps: Code;
  readonly blocks: readonly Code[];
}

/**
 * Functions, made for this type, that keep its values in memory as they are; `undefined` where the backend keeps what the
 * serializer makes.
 *
 * @param valueName - what the type is called in the module
 * @param read - of the objects that the module reads, if it has such
 */
export function liveValues(
  type: TypeIr,
  valueName: string,
  cache: Pick<CacheDeclaration, "isolation" | "serializer">,
  read?: ObjectMakers,
): EmittedLiveValues | undefined {
  const step = liveStep(cache.serializer);
  const isolation = isolationOf(cache, type);
  if (step === undefined || isolation === undefined) return undefined;
  const plan = planTyped(type);
  const constants = new CheckConstants("kept_");
  const sizes = new SizeWriter(type, plan, { step, isolation, valueName }, constants);
  const makers = new ObjectMakers(read);
  const copies = new CopyWriter(type, plan, { step, isolation, valueName }, sizes, makers);
  const ids = [...plan.names.keys()];
  const sizeFunctions = ids.map((id) => sizes.sizeFunction(id));
  const tries = sizes.tries.map((tried) => tried.code);
  const size = code`size: ${sizes.functionOf(type.root)}`;
  const keeps = code`(value) => !Number.isNaN(${sizes.functionOf(type.root)}(value))`;
  if (isolation === "share" || !copies.isCopied(type.root)) {
    return { isolation, keeps, property: code`{ ${size} }`, blocks: [...constants.blocks, ...sizeFunctions, ...tries] };
  }
  const copyFunctions = ids.filter((id) => copies.isCopied(id)).map((id) => copies.copyFunction(id));
  const copy = copies.functionOf(type.root);
  const give = isolation === "clone" ? code`, give: ${copy}` : "";
  return {
    isolation,
    keeps,
    property: code`{ ${size}, keep: ${copy}${give} }`,
    blocks: [...constants.blocks, ...sizeFunctions, ...tries, ...makers.blocks, ...copyFunctions],
  };
}
