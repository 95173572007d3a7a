import type { NamedFunction } from "./declaration.ts";

/** A function as the YAML names it after its module: `load`, `Users.load`, `Users#load`. */
export function functionName({ path, isOfInstance }: Pick<NamedFunction, "path" | "isOfInstance">): string {
  if (!isOfInstance) return path.join(".");
  return `${path.slice(0, -1).join(".")}#${path.at(-1)}`;
}
