import { ts } from "ts-morph";

/** The text of a module without its types, as CommonJS: to be run where it was made. */
export function plainJavaScript(text: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}
