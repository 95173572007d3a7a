import * as core from "@cachetory/runtime/codegen/v1/core";
import * as typed from "@cachetory/runtime/codegen/v1/typed";
import { transformSync } from "rolldown/utils";

/** A module that the generator emits, as JavaScript that asks for `exports` and `require`. */
export function moduleScript(text: string): string {
  const { code, errors } = transformSync("emitted.ts", text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${error.message} in this:\n${text}`);
  return code
    .replace(/^import \{([^}]*)\} from ("[^"]*");$/gm, (_, names: string, from: string) => {
      return `const {${names.replaceAll(" as ", ": ")}} = require(${from});`;
    })
    .replace(/^export const (\w+)/gm, "const $1 = exports.$1")
    .replace(/^export \{ (\w+) \};$/gm, "exports.$1 = $1;");
}

/**
 * What a module exports that the generator emits, of which the runtime's part for generated code is all that it imports.
 *
 * @param title - the name by which V8 tells what has run of it. Default none
 * @throws Error if it does not export `name`
 */
export function moduleExport<Exported>(text: string, name: string, title?: string): Exported {
  const exports: { [name: string]: Exported } = {};
  const script = title === undefined ? moduleScript(text) : `${moduleScript(text)}\n//# sourceURL=${title}.js`;
  // The text is the generator's own.
  new Function("exports", "require", script)(exports, () => ({ ...core, ...typed }));
  const exported = exports[name];
  if (exported === undefined) throw new Error(`There is no ${name} in this:\n${text}`);
  return exported;
}
