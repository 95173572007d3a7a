import { ts } from "ts-morph";

/** The text of the documentation comment of a declaration, without its marks. The compiler itself parses none here. */
export function documentationOf(declaration: ts.Node): string | undefined {
  const node = documentedNode(declaration);
  const { text } = node.getSourceFile();
  const comment = (ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
    .map(({ pos, end }) => text.slice(pos, end))
    .filter((candidate) => /^\/\*\*(?!\/)/.test(candidate))
    .at(-1);
  if (comment === undefined) return undefined;
  const lines = comment
    .slice("/**".length, -"*/".length)
    .split(/\r?\n/)
    .map((line, index) => (index === 0 ? line : line.replace(/^\s*\*? ?/, "")).trimEnd());
  const written = lines.join("\n").trim();
  return written === "" ? undefined : written;
}

/** Of a constant, the whole statement, before which its comment stands. */
function documentedNode(declaration: ts.Node): ts.Node {
  if (!ts.isVariableDeclaration(declaration)) return declaration;
  return ts.findAncestor(declaration, ts.isVariableStatement) ?? declaration;
}
