import type { TypeIr } from "./type-ir.ts";

/** A value type: its text, what that text imports, and what it says of its values. Holds no text of TypeScript's own. */
export interface ResolvedType {
  /** The type's text in order; an object stands for an imported name, which the emitter may alias. */
  readonly text: readonly (string | { readonly imported: string })[];
  /** Where the imported names come from; `undefined` where the text names only global types. */
  readonly module: ModuleReference | undefined;
  readonly ir: TypeIr;
}

export type ModuleReference =
  /** A file of the project, as an absolute path with its extension (`.ts`, `.mts`, `.d.ts`, ...). */
  | { readonly kind: "file"; readonly path: string }
  /** A package or one of its subpaths, as the YAML names it. */
  | { readonly kind: "package"; readonly specifier: string };

/** How relative imports end in the user's project. */
export type ImportExtension = "js" | "ts" | "none";
