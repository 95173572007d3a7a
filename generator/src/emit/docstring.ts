import { escapeInvisible } from "./literal.ts";

/** A documentation comment, one line where it can be. Whatever the text holds, the comment ends where it should. */
export function docstring(text: string): string {
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => escapeInvisible(line.replaceAll("\t", " ").trimEnd()).replaceAll("*/", "*\\/"));
  while (lines.length > 1 && lines.at(-1) === "") lines.pop();
  while (lines.length > 1 && lines[0] === "") lines.shift();
  const [first = ""] = lines;
  if (lines.length === 1) return `/** ${first} */`;
  return ["/**", ...lines.map((line) => (line === "" ? " *" : ` * ${line}`)), " */"].join("\n");
}

/** Text of the user's that is nothing but text: an `@` that would begin a tag is escaped, as Markdown has it. */
export function prose(text: string): string {
  return text.replace(/(`+)[^`][\s\S]*?\1|(?<!\S)@/g, (found) => (found === "@" ? "\\@" : found));
}

/** Text as code in Markdown, with as many backticks around it as it needs. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}
