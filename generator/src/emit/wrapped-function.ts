import type { FunctionParameter } from "../model/memoized-function.ts";
import { type LocalName, local } from "./code.ts";

/** The documentation of a function, with a note about its wrapper before the tags. */
export function documentationWith(note: string, own: string | undefined): string {
  const lines = own?.split("\n") ?? [];
  const tags = lines.slice(firstTag(lines));
  const description = lines.slice(0, firstTag(lines)).join("\n").trimEnd();
  return [...(description === "" ? [] : [description, ""]), note, ...(tags.length === 0 ? [] : ["", ...tags])].join(
    "\n",
  );
}

/** Where the tags begin, of which none is inside of a code block; the end, where there are none. */
function firstTag(lines: readonly string[]): number {
  let isCode = false;
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode;
    else if (!isCode && /^\s*@\w/.test(line)) return index;
  }
  return lines.length;
}

/** A name that no parameter of the function has. */
export function freeName(stem: string, parameters: readonly FunctionParameter[]): LocalName {
  let name = stem;
  while (parameters.some((parameter) => parameter.name === name)) name += "_";
  return local(name);
}

/** As the function calls it; what it takes apart at once has no name. */
export function parameterName(parameters: readonly FunctionParameter[], index: number): LocalName {
  const name = parameters[index]?.name ?? "";
  // The compiler's own names begin so.
  const isNamed = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name) && !name.startsWith("__");
  return isNamed ? local(name) : freeName(`given${index}`, parameters);
}
