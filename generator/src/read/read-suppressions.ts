import { CST, Lexer } from "yaml";
import type { Suppression } from "../model/rule-settings.ts";
import { findRule } from "./find-rule.ts";
import type { Report } from "./report.ts";

/**
 * The suppressions of a YAML text: `# cachetory-ignore`, a rule or several with commas between them, and then why. What
 * looks like such a comment inside of a quoted or a block scalar is text, and none.
 */
export function readSuppressions(file: string, text: string, report: Report): readonly Suppression[] {
  if (!text.includes(keyword)) return [];
  return commentsOf(text).flatMap(({ start, end }) => {
    const [matched, list = ""] = form.exec(text.slice(start, end)) ?? [];
    if (matched === undefined) return [];
    if (list === "") {
      const hint = `Write one after it, and why: # ${keyword} unclearable-cache its entries expire soon enough`;
      report("C1701", { file, start, end }, `the comment ${keyword} names no rule`, hint);
      return [];
    }
    const covered = { file, ...coveredBy(start, end, text) };
    const listStart = start + matched.length - list.length;
    return [...list.matchAll(/[^\s,]+/g)].flatMap(({ 0: name, index }) => {
      const span = { file, start: listStart + index, end: listStart + index + name.length };
      const code = findRule(name, span, report);
      return code === undefined ? [] : [{ code, span, covered }];
    });
  });
}

const keyword = "cachetory-ignore";

/** The list of rules ends where no comma follows, for then the reason begins. */
const form = /^#\s*cachetory-ignore(?![\w-])[\s:]*([\w-]+(?:\s*,\s*[\w-]+)*)?/;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function commentsOf(text: string): readonly Stretch[] {
  const comments: Stretch[] = [];
  let at = 0;
  for (const token of new Lexer().lex(text)) {
    if (isMark(token)) continue;
    // The text of a block scalar is a token with its indentation, of every other scalar one that begins otherwise.
    if (token.startsWith("#")) comments.push({ start: at, end: at + token.length });
    at += token.length;
  }
  return comments;
}

/** Tokens that stand for nothing in the text. */
function isMark(token: string): boolean {
  return token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR;
}

/** The line of the comment; if nothing else is in it, up to the end of the next line that is no comment. */
function coveredBy(commentStart: number, commentEnd: number, text: string): Stretch {
  const start = lineStart(text, commentStart);
  let end = commentEnd;
  let hasOwnLine = text.slice(start, commentStart).trim() === "";
  while (hasOwnLine && end < text.length) {
    const next = /^(?:\r\n|\r|\n)([^\r\n]*)/.exec(text.slice(end));
    if (next === null) break;
    end += next[0].length;
    hasOwnLine = next[1]?.trimStart().startsWith("#") === true;
  }
  return { start, end };
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
}
