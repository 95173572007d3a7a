import { ts } from "ts-morph";
import type { Span } from "../model/declaration.ts";
import type { Diagnostic, ErrorCode, RelatedPlace } from "../model/diagnostic.ts";

/** A finding about a requested type, before it is put to the place of that type in the YAML. */
export interface Finding extends Omit<Diagnostic, "code" | "severity" | "span"> {
  readonly code: ErrorCode;
}

/** A finding that may know a better place in the YAML than where the requested type or function is written. */
export interface PlacedFinding extends Finding {
  readonly span?: Span;
}

/** What to do where a name that comes with Node leads nowhere. */
export const installNodeTypes = "Install the types of Node: npm install -D @types/node";

/** A place in a TypeScript file, for `related`. */
export function placeOf(node: ts.Node, message: string): RelatedPlace {
  return { span: spanOf(node), message };
}

function spanOf(node: ts.Node): Span {
  const source = node.getSourceFile();
  return { file: source.fileName, start: node.getStart(source), end: node.getEnd() };
}

/** The name that a declaration gives, as the narrower place to point to; the node itself where it has none. */
export function nameOrNode(node: ts.Node): ts.Node {
  return ts.getNameOfDeclaration(node as ts.Declaration) ?? node;
}
