/** What became of a text in which a list was to have an item. */
export type ListEdit =
  | { readonly kind: "changed"; readonly text: string }
  /** It is in the list already. */
  | { readonly kind: "same" }
  /** It is no object of JSON, or what stands there is no list. */
  | { readonly kind: "unreadable" };

/**
 * JSON as editors write it, comments and commas at the end included, with a text as an item of a list that is a property of
 * the whole. Nothing else is touched, be it by a space.
 */
export function withListItem(text: string, property: string, item: string): ListEdit {
  const plain = withoutComments(text);
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  if (plain.trim() === "") {
    // Editors take it for an empty object.
    const whole = JSON.stringify({ [property]: [item] }, null, 2).replaceAll("\n", lineEnd);
    const comments = text.trimEnd();
    return { kind: "changed", text: `${comments}${comments === "" ? "" : lineEnd}${whole}${lineEnd}` };
  }
  const lists = readObject(plain);
  if (lists === undefined) return { kind: "unreadable" };
  if (!Object.hasOwn(lists, property)) {
    const at = plain.indexOf("{") + 1;
    const isEmpty = Object.keys(lists).length === 0;
    const end = isEmpty ? (/^\s*\}/.test(plain.slice(at)) ? lineEnd : "") : ",";
    return inserted(text, at, `${lineEnd}  ${JSON.stringify(property)}: [${JSON.stringify(item)}]${end}`);
  }
  const list = lists[property];
  if (!Array.isArray(list)) return { kind: "unreadable" };
  if (list.includes(item)) return { kind: "same" };
  const [start, end] = listOf(plain, property);
  const content = plain.slice(start, end);
  const last = start + content.trimEnd().length;
  const lineBreak = /\r?\n[ \t]*/.exec(content)?.[0];
  const hasComma = content.trimEnd().endsWith(",");
  const comma = list.length === 0 || hasComma ? "" : ",";
  const space = lineBreak ?? (list.length === 0 ? "" : " ");
  return inserted(text, last, `${comma}${space}${JSON.stringify(item)}${hasComma ? "," : ""}`);
}

function inserted(text: string, at: number, addition: string): ListEdit {
  return { kind: "changed", text: text.slice(0, at) + addition + text.slice(at) };
}

/** A text of JSON, or one of the comments that editors allow. */
const stringOrComment = /"(?:[^"\\]|\\.)*"|\/\/[^\n\r]*|\/\*[\s\S]*?\*\//g;

/** As long as before, so that every place keeps its offset. */
function withoutComments(text: string): string {
  return text.replace(stringOrComment, (found) => (found.startsWith('"') ? found : found.replace(/[^\n\r]/g, " ")));
}

function readObject(plain: string): Readonly<Record<string, unknown>> | undefined {
  const strict = plain
    .replace(/^\ufeff/, "")
    .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/g, (_, string: string | undefined) => string ?? "");
  try {
    const value: unknown = JSON.parse(strict);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** What stands between the brackets of a list that is a property of the whole. */
function listOf(plain: string, property: string): readonly [start: number, end: number] {
  let depth = 0;
  let start: number | undefined;
  let name: string | undefined;
  for (const { 0: token, index } of plain.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]/g)) {
    if (token.startsWith('"')) name = depth === 1 ? (JSON.parse(token) as string) : name;
    else if (token === "[" || token === "{") {
      depth += 1;
      if (depth === 2 && token === "[" && name === property) start = index + 1;
    } else if (token === "]" || token === "}") {
      depth -= 1;
      if (depth === 1 && start !== undefined) return [start, index];
    }
  }
  throw new Error(`There is no list ${property}.`);
}
