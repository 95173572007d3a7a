/** One fenced code block of a document, or one that is hidden in an HTML comment: `<!-- sh` to `-->`. */
export interface CodeBlock {
  /** Of the opening line, from 1. */
  readonly line: number;
  readonly language: string;
  /** The file that the block is, or is an excerpt of. */
  readonly title: string | undefined;
  /** Bare words after the language. */
  readonly words: readonly string[];
  /** Ends with a line break where it is not empty. */
  readonly text: string;
  readonly isHidden: boolean;
}

const hiddenStart = /^<!-- ((?:ts|js|sh|yaml|json)\b.*)$/;
const fenceStart = /^(\s*)(`{3,}|~{3,})(.*)$/;

/** Every code block of a Markdown document, in order. One that is not closed is an error. */
export function readBlocks(markdown: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const hidden = hiddenStart.exec(line)?.[1];
    const [, indent = "", marks = "", info = hidden ?? ""] = fenceStart.exec(line) ?? [];
    if (hidden === undefined && marks === "") continue;
    const closing = hidden === undefined ? marks : "-->";
    const end = lines.findIndex((candidate, at) => at > index && candidate.trim() === closing);
    if (end < 0) throw new Error(`Line ${index + 1}: this code block is not closed by a line \`${closing}\`.`);
    const body = lines
      .slice(index + 1, end)
      .map((text) => `${text.startsWith(indent) ? text.slice(indent.length) : text}\n`);
    blocks.push({ line: index + 1, ...readInfo(info), text: body.join(""), isHidden: hidden !== undefined });
    index = end;
  }
  return blocks;
}

function readInfo(info: string): Pick<CodeBlock, "language" | "title" | "words"> {
  const title = /\btitle="([^"]*)"/.exec(info)?.[1];
  const [language = "", ...words] = info
    .replace(/\btitle="[^"]*"/, "")
    .trim()
    .split(/\s+/);
  return { language, title, words };
}
