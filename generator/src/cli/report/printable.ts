/**
 * Text that is safe to print: controls, and marks that turn the direction of writing, are shown as `\u{1b}`. What comes
 * from a file could else steer the terminal.
 */
export function printable(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** One line: line breaks and tabs become spaces before the rest is made printable. */
export function printableLine(text: string): string {
  return printable(text.replace(/\r\n|[\n\r\t]/g, " "));
}

const unsafe = /[\p{Cc}\p{Cs}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
