import type { ValuePath } from "./declaration.ts";

/** A path as the YAML writes it: `orders[].customer?.id`. */
export function showPath(path: ValuePath): string {
  const steps = path.map((step) => {
    const optional = step.isOptional ? "?" : "";
    return step.kind === "each" ? `[]${optional}` : `.${step.name}${optional}`;
  });
  return steps.join("").slice(1);
}
