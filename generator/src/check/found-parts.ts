import { clip, quote } from "@cachetory/runtime/schemes";
import type { NamedValue, ValueDeclaration } from "../model/declaration.ts";
import type { Diagnostic, ErrorCode, RelatedPlace } from "../model/diagnostic.ts";
import type { DeclaredAt, TypeIr } from "../model/type-ir.ts";
import { nameless, pathOf, type TypeVisit } from "./walk-type.ts";

/** How the type of a value is written. */
export type TypeValue = Pick<Extract<ValueDeclaration, { readonly kind: "type" }>, "expression" | "allowAny">;

/** Beyond these, more of one kind are only counted. */
const maxShown = 4;

/** How paths inside of a value begin: as its type is called, or as no type is. */
export function wholeName({ expression }: TypeValue): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$.]*(?:<.*>)?$/su.test(expression) ? clip(expression) : nameless;
}

/** One finding about parts of one kind: the first in the message, the others with their places. */
export function findingAbout(
  code: ErrorCode,
  parts: readonly [TypeVisit, ...TypeVisit[]],
  named: NamedValue,
  value: TypeValue,
  ir: TypeIr,
  what: { readonly message: string; readonly hint: string },
): Diagnostic {
  const [first, ...others] = parts;
  const path = pathOf(first);
  const within = path.startsWith(wholeName(value)) ? "" : ` in ${quote(value.expression)}`;
  const subject = path === nameless ? quote(value.expression) : `${quote(path)}${within}`;
  const shown = others.slice(0, maxShown).flatMap((part) => placeOf(part, ir, `${quote(pathOf(part))} is one too`));
  const more = others.length > maxShown ? ` (and ${others.length} more)` : "";
  return {
    code,
    severity: "error",
    span: named.span,
    message: `${subject} ${what.message}${more}`,
    hint: what.hint,
    related: [...placeOf(first, ir, "it is declared here"), ...shown],
  };
}

/** Where the part is declared, or what is nearest around it. */
function placeOf(visit: TypeVisit, { files }: TypeIr, message: string): readonly RelatedPlace[] {
  for (let at: TypeVisit | undefined = visit; at !== undefined; at = at.parent) {
    if (at.at !== undefined) return [{ span: spanOf(at.at, files), message }];
  }
  return [];
}

function spanOf([file, start, end]: DeclaredAt, files: readonly string[]): RelatedPlace["span"] {
  return { file: files[file] ?? "", start, end };
}
