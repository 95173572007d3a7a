import type { TypeId, TypeNode } from "../../model/type-ir.ts";
import { propertyStep } from "../../model/type-parts.ts";
import type { Code } from "../code.ts";
import { escapeInvisible } from "../literal.ts";
import { expectedText } from "../misfit-condition.ts";

/** The comment that begins what belongs to a property. */
export function commentOn(name: string, isOptional: boolean, type: TypeId, nodes: readonly TypeNode[]): Code {
  const text = `// ${propertyStep(name)}: ${expectedText([type], nodes)}${isOptional ? ", or nothing" : ""}`;
  return escapeInvisible(text);
}
