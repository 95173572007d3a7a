/**
 * The fewest texts of which every text given begins with one, sorted: of two where one begins with the other, the shorter.
 * A server refuses prefixes that overlap.
 */
export function fewestHeads(heads: Iterable<string>): readonly string[] {
  const fewest: string[] = [];
  // What begins with another comes right after it.
  for (const head of [...heads].sort()) {
    const last = fewest.at(-1);
    if (last === undefined || !head.startsWith(last)) fewest.push(head);
  }
  return fewest;
}

/** Whether every text begins with one of `heads`. */
export function areCovered(texts: readonly string[], heads: readonly string[]): boolean {
  return texts.every((text) => heads.some((head) => text.startsWith(head)));
}
