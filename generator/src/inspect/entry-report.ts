import { CachetoryError, type Misfit, misfitText, openEnvelope } from "@cachetory/runtime";
import { formatDuration } from "@cachetory/runtime/schemes";
import type { CacheDeclaration } from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { hasEnvelope } from "../model/freshness.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { decodeEntry, type ReadStep } from "./decode-entry.ts";
import { loadCodec, loadValidator } from "./load-emitted.ts";
import { type Json, readableValue } from "./readable-value.ts";

/** An entry with all that can be said of it; what does not hold is absent. Plain data, for `--json`. */
export interface EntryReport {
  readonly cache: string;
  readonly key?: string;
  readonly backend?: string;
  /** What is left of its life. */
  readonly ttlMs?: number | "forever";
  /** Until when it is fresh, by the clock of its server, where it has an envelope: a date, or `forever`. */
  readonly freshUntil?: string;
  /** As it is stored. */
  readonly bytes: number;
  /** In the order in which they read. */
  readonly steps: readonly ReadStep[];
  /** `null` where nothing looks into it. */
  readonly fits: boolean | null;
  /** The first place that does not fit. */
  readonly misfit?: { readonly path: string; readonly expected: string };
  /** In JSON, with `$` for what it has no word for. */
  readonly value: Json;
}

/** A cache, and what its values are declared to be. */
export interface DeclaredValue {
  readonly cache: CacheDeclaration;
  /** `undefined` for bytes. */
  readonly ir: TypeIr | undefined;
  readonly typeName: string;
}

/** Decodes an entry and holds it against its type, as the runtime does; else the finding that says why not. */
export async function reportEntry(
  entry: Uint8Array,
  { cache, ir, typeName }: DeclaredValue,
  more: Pick<EntryReport, "key" | "backend" | "ttlMs"> = {},
): Promise<{ readonly report?: EntryReport; readonly diagnostics: readonly Diagnostic[] }> {
  const opened = openedEntry(entry, cache);
  if (opened instanceof Error) return { diagnostics: [unreadable(asFragment(opened.message))] };
  const codec = await loadCodec(cache, ir);
  const decoded = decodeEntry(opened.payload, cache.serializer, codec, more.key);
  if (decoded.kind === "unreadable") return { diagnostics: [unreadable(decoded.message)] };
  const { value, steps } = decoded;
  const validate = await loadValidator(cache, ir);
  let misfit: Misfit | undefined;
  let readable: Json;
  try {
    misfit = validate?.(value);
    readable = readableValue(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { diagnostics: [unreadable("the value nests too deep to be looked into")] };
  }
  const report: EntryReport = {
    cache: cache.name,
    ...more,
    ...(opened.freshUntil !== undefined && { freshUntil: opened.freshUntil }),
    bytes: entry.length,
    steps,
    // A codec gives nothing that is not of its type.
    fits: validate === undefined && codec === undefined ? null : misfit === undefined,
    ...(misfit && { misfit: { path: `value${misfit.path}`, expected: misfit.expected } }),
    value: readable,
  };
  if (misfit === undefined) return { report, diagnostics: [] };
  const message = `the entry does not fit ${typeName} at ${misfitText(misfit)}`;
  return { report, diagnostics: [errorAt("C4006", undefined, message, missHint)] };
}

/** What the pipeline has made, without what stands before it. */
function openedEntry(
  entry: Uint8Array,
  cache: CacheDeclaration,
): { readonly payload: Uint8Array; readonly freshUntil?: string } | Error {
  if (!hasEnvelope(cache)) return { payload: entry };
  try {
    const { header, payload } = openEnvelope(entry);
    const { freshUntilMs } = header;
    const freshUntil = Number.isFinite(freshUntilMs) ? new Date(freshUntilMs).toISOString() : "forever";
    // Of bytes, the rest is bytes.
    return { payload: payload as Uint8Array, freshUntil };
  } catch (error) {
    if (error instanceof CachetoryError) return error;
    throw error;
  }
}

const missHint = "For the application it is a miss, and the next load writes it anew";

function asFragment(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, "");
}

function unreadable(message: string): Diagnostic {
  return errorAt("C4005", undefined, message, missHint);
}

/** The same for people: a line for each thing that is known, then the value. */
export function entryText(report: EntryReport): string {
  const { key, backend, ttlMs, bytes, steps, fits, misfit, value } = report;
  const rows: readonly (readonly [label: string, text: string | undefined])[] = [
    ["key", key],
    ["backend", backend],
    ["ttl", ttlMs === undefined ? undefined : ttlText(ttlMs)],
    ["fresh", report.freshUntil === undefined ? undefined : `until ${report.freshUntil}`],
    ["size", sizeText(bytes)],
    ["steps", steps.map((step) => `${step.name} of ${sizeText(step.bytes)}`).join(", then ")],
    ["fits", fits === null ? "not looked into" : misfit === undefined ? "yes" : `no: see ${misfit.path}`],
  ];
  const lines = rows.flatMap(([label, text]) => (text === undefined ? [] : [`  ${label.padEnd(8)} ${text}\n`]));
  return `${report.cache}\n${lines.join("")}${JSON.stringify(value, null, 2)}\n`;
}

/** To the second, where that is precise enough. */
function ttlText(ttlMs: number | "forever"): string {
  if (ttlMs === "forever" || ttlMs < 1000) return formatDuration(ttlMs);
  return formatDuration(Math.round(ttlMs / 1000) * 1000);
}

function sizeText(bytes: number): string {
  return bytes === 1 ? "1 byte" : `${bytes} bytes`;
}
