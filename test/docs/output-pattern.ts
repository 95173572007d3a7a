/**
 * A pattern for what a document shows of an output or a file: `…` stands for any text within a line, and a line with
 * nothing else for any number of lines. White space at the ends of lines, and empty lines around, do not count.
 */
function outputPattern(shown: string): RegExp {
  const lines = trimLines(shown).split("\n");
  const pattern = lines.map((line) => (line.trim() === "…" ? anyLines : `${lineSource(line)}\n`)).join("");
  return new RegExp(`^${pattern}$`, "s");
}

/** Whether `actual` is what a document shows as `shown`. */
export function matchesOutput(actual: string, shown: string): boolean {
  return outputPattern(shown).test(`${trimLines(actual)}\n`);
}

/** Whether what a document shows stands somewhere in `actual`, as whole lines. */
export function containsExcerpt(actual: string, shown: string): boolean {
  return matchesOutput(actual, `…\n${trimLines(shown)}\n…\n`);
}

const anyLines = "(?:[^\\n]*\\n)*?";

function lineSource(line: string): string {
  return line.split("…").map(escapePattern).join("[^\\n]*");
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function trimLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}
