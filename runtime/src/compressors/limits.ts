import { types } from "node:util";
import { CachetoryError } from "../errors.ts";

/** What an entry may grow to when it is read: a few bytes can claim gigabytes. */
export const maxPlainBytes: number = 64 * 1024 * 1024;

/** Refuses what could not be read back. */
export function checkPlain(name: string, value: Uint8Array): void {
  if (!types.isUint8Array(value)) throw new CachetoryError("INVALID_VALUE", `${name} takes bytes, nothing else.`);
  if (value.byteLength > maxPlainBytes) {
    throw new CachetoryError(
      "INVALID_VALUE",
      `${name} takes up to ${maxPlainBytes} bytes, but this value has ${value.byteLength}.`,
    );
  }
}

/** Refuses what is no bytes at all. */
export function checkStored(name: string, stored: Uint8Array): void {
  if (!types.isUint8Array(stored)) throw new CachetoryError("UNREADABLE", `The entry is not bytes, so not of ${name}.`);
}

/** The error for an entry that `name` cannot have made, or that is larger than it takes. */
export function unreadable(name: string, cause?: unknown): CachetoryError {
  return new CachetoryError("UNREADABLE", `The entry is nothing that ${name} made, or over ${maxPlainBytes} bytes.`, {
    cause,
  });
}
