/**
 * How the text of an entry is written, in the two lowest bits of its end; one reader reads all. Behind text out of which something
 * was packed stand how long that is and which of the other forms the rest has.
 */
export const TextForm = { latin1: 0, utf8: 1, utf16: 2, packed: 3 } as const;

export type TextForm = (typeof TextForm)[keyof typeof TextForm];

/** Found in text that latin1 has not all characters of. */
export const beyondLatin1: RegExp = /[^\0-\xff]/;

/** What the text of entries is written for: to take little time, or little room. */
export type TypedLayout = "fast" | "compact";
