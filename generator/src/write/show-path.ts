import { relativePath } from "../emit/relative-path.ts";

/** A path for people. */
export type ShowPath = (path: string) => string;

/** Relative to where the user stands; absolute where that would only climb. */
export function showFrom(cwd: string): ShowPath {
  return (path) => {
    const relative = relativePath(cwd, path);
    if (relative === "") return ".";
    return relative.startsWith("../../../") ? path : relative;
  };
}
