/** The patterns of SCAN: `*`, `?`, `[abc]`, `[a-c]`, `[^a]`, and `\` before a character that stands for itself. */
export function globPattern(pattern: string): RegExp {
  const source = pattern.replace(/\\([\s\S])|\[(\^?)([^\]]*)\]|[\s\S]/g, (part, escaped, not, set) => {
    if (escaped !== undefined) return literal(escaped);
    if (set !== undefined) return `[${not}${set.replace(/[\\\]^]/g, "\\$&")}]`;
    if (part === "*") return "[^]*";
    return part === "?" ? "[^]" : literal(part);
  });
  return new RegExp(`^${source}$`);
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
