/** The page with other texts between `<!-- measured: name -->` and `<!-- /measured -->`. */
export function withTexts(page: string, texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts).reduce((text, [name, content]) => {
    const [begin, end] = [`<!-- measured: ${name} -->`, "<!-- /measured -->"];
    const from = text.indexOf(begin);
    const to = text.indexOf(end, from);
    if (from < 0 || to < 0) throw new Error(`The page has no ${begin} with ${end} after it.`);
    return `${text.slice(0, from)}${begin}\n\n${content}\n\n${text.slice(to)}`;
  }, page);
}
