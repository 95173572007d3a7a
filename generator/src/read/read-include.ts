import { dirname, isAbsolute, resolve } from "node:path";
import { quote } from "@cachetory/runtime/schemes";
import type { Report } from "./report.ts";
import type { YamlText } from "./yaml-tree.ts";

/** The absolute path that an item of `include` in `file` names; `undefined` where it is of a form that is refused. */
export function readInclude(file: string, node: YamlText, report: Report): string | undefined {
  const text = node.value;
  const refuse = (message: string, hint = "Name a file relative to this one, such as caches/users.yaml"): undefined => {
    report("C1013", node.span, message, hint);
  };
  if (text.trim() === "") return refuse('a file to include is ""');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) return refuse("the name of a file to include holds a control character");
  if (text.includes("\\")) {
    return refuse(`${quote(text)} is written with \\`, `Write it with /: ${text.replaceAll("\\", "/")}`);
  }
  if (isAbsolute(text) || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) {
    return refuse(`${quote(text)} is no path relative to this file`);
  }
  if (/[*?]/.test(text)) {
    return refuse(
      `${quote(text)} is a pattern, which include does not know`,
      "Name each file, so that none comes unseen",
    );
  }
  return resolve(dirname(file), text);
}
