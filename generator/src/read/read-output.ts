import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { quote } from "@cachetory/runtime/schemes";
import type { Report } from "./report.ts";
import type { YamlText } from "./yaml-tree.ts";

/** The absolute path of the output folder; `undefined` where it is none that the generator may own. */
export function readOutput(file: string, node: YamlText, report: Report): string | undefined {
  const hint = "Name a folder of its own below the YAML file, such as src/caches";
  const text = node.value;
  const refuse = (message: string): undefined => {
    report("C1107", node.span, message, hint);
  };
  if (text.trim() === "") return refuse('"output" is empty');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) return refuse('"output" holds a control character');
  if (text.includes("\\")) return refuse(`"output" is written with / on every system, not ${quote(text)}`);
  if (isAbsolute(text) || /^[A-Za-z]:/.test(text))
    return refuse(`"output" must be relative to the YAML file, not ${quote(text)}`);

  const folder = dirname(file);
  const output = resolve(folder, text);
  const path = relative(folder, output);
  if (path === "") return refuse('"output" is the folder of the YAML file itself');
  if (path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path)) {
    return refuse(`"output" leaves the folder of the YAML file: ${quote(text)}`);
  }
  return output;
}
