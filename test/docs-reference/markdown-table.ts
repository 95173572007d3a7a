/** The rows of every table of a Markdown text, as the texts of their cells; headers and rulers are left out. */
export function readRows(markdown: string): readonly (readonly string[])[] {
  const lines = markdown.split("\n");
  return lines.flatMap((line, index) => {
    const isRow = line.startsWith("|") && !isRuler(line) && !isRuler(lines[index + 1] ?? "");
    return isRow ? [readCells(line)] : [];
  });
}

/** What stands between a heading and the next one of its level or above. */
export function readSection(markdown: string, heading: string): string {
  const start = markdown.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`There is no heading ${heading}.`);
  const level = heading.indexOf(" ");
  const body = markdown.slice(start + heading.length + 2);
  const end = body.search(new RegExp(`^#{1,${level}} `, "m"));
  return end < 0 ? body : body.slice(0, end);
}

/** What a cell holds that is code from its first to its last character. */
export function codeOf(cell: string | undefined): string | undefined {
  return /^`([^`]+)`$/.exec(cell ?? "")?.[1];
}

function isRuler(line: string): boolean {
  return /^\|[-|]+\|$/.test(line);
}

// A bar that is meant stands behind a backslash, in code too.
function readCells(line: string): readonly string[] {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1);
  return cells.map((cell) => cell.trim().replaceAll("\\|", "|"));
}
