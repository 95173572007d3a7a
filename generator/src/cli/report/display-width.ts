/** How many columns a terminal gives a character (one grapheme): two for most of East Asia and for pictures. */
export function displayWidth(grapheme: string): number {
  if (/^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}

/** The characters that people see, each with what belongs to it. */
export function graphemes(text: string): readonly { readonly segment: string; readonly index: number }[] {
  // Made only here, for making one loads tables that take as long as all else that a run without findings does.
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return [...segmenter.segment(text)];
}

let segmenter: Intl.Segmenter | undefined;

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;
