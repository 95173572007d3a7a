import { Buffer, isUtf8 } from "node:buffer";
import { isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import type { Serializer } from "./serializer.ts";

/** The joint between a step that gives text and one that takes bytes. Loses nothing: what it cannot carry, it refuses. */
export const utf8: Serializer<string, Uint8Array, "text", "bytes"> = {
  name: "utf8",
  in: "text",
  out: "bytes",
  serialize(text) {
    if (!isWellFormed(text)) {
      throw new CachetoryError("INVALID_VALUE", "Text with a lone surrogate cannot become UTF-8.");
    }
    return Buffer.from(text, "utf8");
  },
  deserialize(stored) {
    const { buffer, byteOffset, byteLength } = checkedUtf8(stored);
    return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
  },
};

/** @throws CachetoryError `UNREADABLE` */
export function checkedUtf8(stored: unknown): Uint8Array {
  if (isUint8Array(stored) && isUtf8(stored)) return stored;
  throw new CachetoryError("UNREADABLE", "The entry is not UTF-8.");
}

/** Whether a string has no lone surrogate, which UTF-8 could not carry. */
export function isWellFormed(text: string): boolean {
  // Node has it since 20; the library `es2022`, which this package compiles against, does not know it yet.
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
