import { formatDuration } from "@cachetory/runtime/schemes";
import type { CacheDeclaration } from "../model/declaration.ts";
import type { Protection } from "../model/protection.ts";
import { integerLiteral, stringLiteral } from "./literal.ts";

/** The properties of a definition for outages and for many loads at once. */
export function protectionLines({ protection }: CacheDeclaration): string {
  const { gutter, maxLoads, onBackendError } = protection;
  return [
    gutter === undefined ? "" : gutterLine(gutter),
    maxLoads === undefined ? "" : `  maxLoads: ${integerLiteral(maxLoads)},\n`,
    onBackendError === undefined ? "" : `  onBackendError: ${stringLiteral(onBackendError)},\n`,
  ].join("");
}

function gutterLine(gutter: NonNullable<Protection["gutter"]>): string {
  if (gutter === "none") return "  gutter: false,\n";
  const parts = [
    ...(gutter.ttlMs === undefined ? [] : [`ttl: { ms: ${integerLiteral(gutter.ttlMs)} }`]),
    ...(gutter.maxEntries === undefined ? [] : [`maxEntries: ${integerLiteral(gutter.maxEntries)}`]),
  ];
  return parts.length === 0 ? "" : `  gutter: { ${parts.join(", ")} },\n`;
}

/** The same for people. */
export function protectionTexts({ gutter, maxLoads, onBackendError }: Protection): readonly string[] {
  const gutterText = gutter === undefined ? undefined : textOfGutter(gutter);
  return [
    ...(gutterText === undefined ? [] : [`- Gutter: ${gutterText}`]),
    ...(maxLoads === undefined ? [] : [`- Loads at once: ${maxLoads}`]),
    ...(onBackendError === undefined ? [] : ["- Reads without an answer: rejected"]),
  ];
}

/** `undefined` where all is as it is by default. */
export function textOfGutter(gutter: NonNullable<Protection["gutter"]>): string | undefined {
  if (gutter === "none") return "none";
  const { ttlMs, maxEntries } = gutter;
  const parts = [
    ...(ttlMs === undefined ? [] : [formatDuration(ttlMs)]),
    ...(maxEntries === undefined ? [] : [`up to ${maxEntries} entries`]),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}
