import type { EntryContext } from "../serializers/serializer.ts";

/** What stands first in an entry that a secret key seals: which step has made it, how, and with which key. */
export interface FrameForm {
  /** Four characters. */
  readonly magic: string;
  readonly version: number;
}

const formBytes = 5;

/** `<magic, 4><version, 1><length of the id, 1><id>` */
export function frameHeader({ magic, version }: FrameForm, id: string): Uint8Array {
  return Uint8Array.from([...Buffer.from(magic, "latin1"), version, id.length, ...Buffer.from(id, "latin1")]);
}

/** The id in the header of an entry, and where that ends; why there is none where the entry is of another form. */
export function readHeader(
  { magic, version }: FrameForm,
  entry: Uint8Array,
): { readonly id: string; readonly end: number } | { readonly problem: string } {
  const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength);
  if (bytes.toString("latin1", 0, magic.length) !== magic) return { problem: "was made by something else" };
  if (bytes[magic.length] !== version) return { problem: "is of a version that this release does not know" };
  const start = formBytes + 1;
  const end = start + (bytes[formBytes] ?? 0);
  if (bytes.byteLength < end || end === start) return { problem: "ends too early" };
  return { id: bytes.toString("latin1", start, end), end };
}

/**
 * All that an entry is bound to besides what it holds: `<header><length of the key, 4><key><0, 4>`. Each part tells where it ends,
 * so no two entries are bound to the same bytes; the last four are for the length of what may be bound as well one day.
 */
export function boundBytes(header: Uint8Array, { key }: EntryContext): Uint8Array {
  const text = Buffer.from(key, "utf8");
  const bound = Buffer.alloc(header.byteLength + 4 + text.byteLength + 4);
  bound.set(header, 0);
  bound.set(text, bound.writeUInt32BE(text.byteLength, header.byteLength));
  return bound;
}
