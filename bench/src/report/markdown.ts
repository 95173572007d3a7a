/** A table; the first column is text, the others are numbers unless they are said to be text as well. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  others: "numbers" | "text" = "numbers",
): string {
  const rule = head.map((_, index) => (index === 0 || others === "text" ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** What a contender does not have. */
export const nothing = "–";

/** Three digits, as a reader of a table needs them. */
export function shortNumber(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return nothing;
  if (value >= 9950) return `${shortNumber(value / 1000)}k`;
  return value >= 99.5 ? value.toFixed(0) : value >= 9.95 ? value.toFixed(1) : value.toFixed(2);
}

export function percent(share: number | undefined): string {
  return share === undefined ? nothing : `${Math.round(share * 100)} %`;
}

/** Several of them, as of one cell against several references. */
export function joinedNumbers(values: readonly (number | undefined)[]): string {
  return values.every((value) => value === undefined) ? nothing : values.map(shortNumber).join(" / ");
}
