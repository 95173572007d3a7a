import { CachetoryError } from "../errors.ts";

/** What an entry says of itself, before what the pipeline made of its value. */
export interface Header {
  /** Until when it is fresh: milliseconds since 1970 by the clock of its backend; infinite for ever. */
  readonly freshUntilMs: number;
  /** How long before that it is due for a refresh, in whole milliseconds; `undefined` where it is at no certain moment. */
  readonly aheadMs: number | undefined;
  /** How long its load took, in whole milliseconds; `undefined` where it was not loaded. */
  readonly loadMs: number | undefined;
  /** The versions of what it depends on, as they were before its load: tokens of letters, digits, `-` and `_`. */
  readonly versions: readonly string[];
}

/** Begins every envelope; the digit is the version of its form. */
const magic = "~c1 ";

/** Where the digits of the first field are: a server's script replaces them in place. */
export const freshAt: number = magic.length + 1;
export const freshDigits = 9;

/** Infinity. It is the year 5188. */
const forever = "z".repeat(freshDigits);
const lastMs = Number.parseInt(forever, 36);

/** A header is no longer than this, its line feed included. */
export const maxHeaderLength = 4096;

const form = /^~c1 f([0-9a-z]{9})(?: a([0-9a-z]{1,9}))?(?: d([0-9a-z]{1,9}))?(?: v([\w-]{1,64}(?:,[\w-]{1,64})*))?\n$/;

/**
 * One line of text, as in `~c1 f0m3x8k2j1 a2bk d2s vK3f9a,Qm27x`.
 *
 * @throws CachetoryError `INVALID_VALUE` where there are more versions than a header has room for
 */
export function writeHeader({ freshUntilMs, aheadMs, loadMs, versions }: Header): string {
  const version = versions.length === 0 ? "" : ` v${versions.join(",")}`;
  const header = `${magic}f${freshText(freshUntilMs)}${field("a", aheadMs)}${field("d", loadMs)}${version}\n`;
  if (header.length <= maxHeaderLength) return header;
  throw new CachetoryError(
    "INVALID_VALUE",
    `An entry depends on ${versions.length} versions, which are more than its header of ${maxHeaderLength} bytes has room for.`,
  );
}

/** @throws CachetoryError `UNREADABLE` where it is no header, or one of a later version */
export function readHeader(line: string): Header {
  const found = line.length > maxHeaderLength ? null : form.exec(line);
  if (found === null) throw new CachetoryError("UNREADABLE", `The entry has ${whatStandsFor(line)}.`);
  const [, fresh = "", ahead, load, versions] = found;
  return {
    freshUntilMs: freshMs(fresh),
    aheadMs: ahead === undefined ? undefined : Number.parseInt(ahead, 36),
    loadMs: load === undefined ? undefined : Number.parseInt(load, 36),
    versions: versions === undefined ? [] : versions.split(","),
  };
}

function field(letter: string, ms: number | undefined): string {
  return ms === undefined ? "" : ` ${letter}${Math.max(0, Math.min(Math.floor(ms), lastMs)).toString(36)}`;
}

/** A moment as digits of the first field; what lies beyond them is for ever. */
export function freshText(freshUntilMs: number): string {
  if (freshUntilMs >= lastMs) return forever;
  return Math.max(0, Math.floor(freshUntilMs)).toString(36).padStart(freshDigits, "0");
}

/** The moment that the digits of the first field say. */
export function freshMs(digits: string): number {
  return digits === forever ? Number.POSITIVE_INFINITY : Number.parseInt(digits, 36);
}

function whatStandsFor(line: string): string {
  if (!/^~c\d+ /.test(line)) return "no envelope: something else stored it, or this cache before it had policies";
  return line.startsWith(magic) ? "an envelope that is damaged" : "an envelope of a later release";
}
