/** Longer than any name or type that is read at a glance. */
const maxLength = 100;
/** The end is kept as well: it tells two long texts apart. */
const tailLength = 24;

/**
 * What somebody wrote, for a message: in double quotes, in single ones where it has double ones itself, on one line,
 * and cut in the middle where it is long.
 */
export function quote(text: string): string {
  const shown = clip(text.replace(/[ ]*[\r\n\t]+[ ]*/g, " "));
  const mark = shown.includes('"') && !shown.includes("'") ? "'" : '"';
  return `${mark}${shown}${mark}`;
}

/** A text of at most `max` characters, with `…` where its middle was. */
export function clip(text: string, max: number = maxLength): string {
  if (text.length <= max) return text;
  // By code points, so that no character is cut in two.
  const characters = [...text];
  if (characters.length <= max) return text;
  return `${characters.slice(0, max - tailLength - 1).join("")}…${characters.slice(-tailLength).join("")}`;
}
