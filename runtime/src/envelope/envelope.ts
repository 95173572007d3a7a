import { Buffer } from "node:buffer";
import { isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import { EnvelopedValue } from "./enveloped-value.ts";
import {
  freshAt,
  freshDigits,
  freshMs,
  freshText,
  type Header,
  maxHeaderLength,
  readHeader,
  writeHeader,
} from "./header.ts";

/** An entry taken apart. */
export interface OpenedEnvelope {
  readonly header: Header;
  /** What the pipeline made. */
  readonly payload: unknown;
}

const lineFeed = 10;

/**
 * What is stored: the header, then what the pipeline made, so text stays text and bytes stay bytes. A value that is kept as it
 * is stands beside its header.
 */
export function wrap(header: Header, payload: unknown): unknown {
  if (typeof payload === "string") return writeHeader(header) + payload;
  if (isUint8Array(payload)) return Buffer.concat([Buffer.from(writeHeader(header), "latin1"), payload]);
  return new EnvelopedValue(header, payload);
}

/**
 * Takes an entry with an envelope apart, as its backend holds it: text or bytes.
 *
 * @throws CachetoryError `UNREADABLE` where it has no envelope that this release understands
 */
export function openEnvelope(stored: unknown): OpenedEnvelope {
  if (stored instanceof EnvelopedValue) return { header: stored, payload: stored.stored };
  if (typeof stored === "string") {
    const end = stored.slice(0, maxHeaderLength).indexOf("\n") + 1;
    return { header: readHeader(stored.slice(0, end)), payload: stored.slice(end) };
  }
  if (isUint8Array(stored)) {
    const end = stored.subarray(0, maxHeaderLength).indexOf(lineFeed) + 1;
    return { header: readHeader(latin1(stored.subarray(0, end))), payload: stored.subarray(end) };
  }
  throw new CachetoryError("UNREADABLE", "The entry has no envelope: something else stored it.");
}

/** The header at the beginning of a text, which may be all of an entry or its first part. */
export function headerOf(head: string): Header {
  return readHeader(head.slice(0, head.indexOf("\n") + 1));
}

/** Until when an entry is fresh, of whatever form; `undefined` where it has no envelope. */
export function freshUntilOf(stored: unknown): number | undefined {
  try {
    return openEnvelope(stored).header.freshUntilMs;
  } catch {
    return undefined;
  }
}

/** The same entry, fresh until another moment. */
export function withFreshUntil(stored: unknown, freshUntilMs: number): unknown {
  const digits = freshText(freshUntilMs);
  if (typeof stored === "string") return stored.slice(0, freshAt) + digits + stored.slice(freshAt + freshDigits);
  if (isUint8Array(stored)) {
    const changed = Buffer.from(stored);
    changed.write(digits, freshAt, "latin1");
    return changed;
  }
  if (stored instanceof EnvelopedValue) stored.freshUntilMs = freshMs(digits);
  return stored;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
