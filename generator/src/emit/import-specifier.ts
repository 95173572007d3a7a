import type { ImportExtension } from "../model/resolved-type.ts";
import type { ImportSource } from "./code.ts";
import { relativePath } from "./relative-path.ts";

/** What an import of `source` says after `from`, in a file of the folder `output`. */
export function importSpecifier(source: ImportSource, output: string, extension: ImportExtension): string {
  switch (source.kind) {
    case "runtime":
      return `@cachetory/runtime/codegen/v1/${source.part}`;
    case "package":
      return source.specifier;
    case "generated":
      return withExtension(`./${source.stem}.ts`, extension);
    case "file": {
      const relative = relativePath(output, source.path);
      return withExtension(relative.startsWith("../") ? relative : `./${relative}`, extension);
    }
  }
}

/** Where the module format is part of the extension it cannot be left out, whatever the project does elsewhere. */
const alwaysWritten: Readonly<Record<string, string>> = { m: ".mjs", c: ".cjs" };

function withExtension(file: string, extension: ImportExtension): string {
  const match = /^(.*?)(\.d)?\.([mc]?)ts(x?)$/.exec(file);
  if (match === null) return file;
  const [, stem = "", declaration, format = "", jsx = ""] = match;
  // A declaration file is imported by the name of the JavaScript that it describes.
  if (extension === "ts" && declaration === undefined) return `${stem}.${format}ts${jsx}`;
  return `${stem}${alwaysWritten[format] ?? (extension === "none" ? "" : ".js")}`;
}
