import { quote } from "@cachetory/runtime/schemes";
import type { NamedFunction } from "../model/declaration.ts";
import type { ErrorCode } from "../model/diagnostic.ts";
import { propertyExamples } from "./known-properties.ts";
import { checkModule } from "./read-value.ts";
import type { Report } from "./report.ts";
import type { YamlText } from "./yaml-tree.ts";

/** `module#name`, `module#Class.method` or `module#Type#method`; `undefined` where it is wrong. */
export function readFunction(node: YamlText, code: ErrorCode, report: Report): NamedFunction | undefined {
  const [, module, written = "", method] = /^([^#]*)#([^#]*)(?:#([^#.]*))?$/s.exec(node.value.trim()) ?? [];
  const path = readPath(method === undefined ? written : `${written}.${method}`);
  if (module === undefined || path === undefined) {
    const message = `${quote(node.value)} names no function`;
    const hint = `Write a module, #, and the name of an exported function: ${propertyExamples["function"]}`;
    report(code, node.span, message, hint);
    return undefined;
  }
  return checkModule(node, module, report)
    ? { module, path, isOfInstance: method !== undefined, functionSpan: node.span }
    : undefined;
}

/** `product.id`; `undefined` for what is none. */
export function readPath(text: string): readonly [string, ...string[]] | undefined {
  const [first, ...others] = text.trim().split(".");
  const path = [first ?? "", ...others] as const;
  return path.every((name) => isName(name)) ? path : undefined;
}

function isName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(text);
}
