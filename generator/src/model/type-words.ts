import type { ResolvedType } from "./resolved-type.ts";

/** The words of a type that are not imported: keywords, members, and the global types that it means. */
export function typeWords(type: ResolvedType | undefined): readonly string[] {
  const own = (type?.text ?? []).filter((part) => typeof part === "string");
  return own.flatMap((text) => text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
}
