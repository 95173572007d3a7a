import { formatDuration } from "@cachetory/runtime/schemes";
import type { CacheDeclaration } from "../model/declaration.ts";
import type { Freshness } from "../model/freshness.ts";
import { integerLiteral, stringLiteral } from "./literal.ts";

/** The properties of a definition about values that are not fresh, and about loads that are late. */
export function freshnessLines({ freshness: { stale, refreshAhead, timeouts } }: CacheDeclaration): string {
  const staleLine =
    stale &&
    durations("stale", [
      ["whileRevalidate", stale.whileRevalidateMs],
      ["onError", stale.onErrorMs],
      ["throttle", stale.throttleMs],
    ]);
  const aheadLine = refreshAhead && `  refreshAhead: ${stringLiteral(refreshAhead.text)},\n`;
  const timeoutsLine =
    timeouts &&
    durations("timeouts", [
      ["soft", timeouts.softMs],
      ["hard", timeouts.hardMs],
    ]);
  return [staleLine, aheadLine, timeoutsLine].join("");
}

function durations(property: string, parts: readonly (readonly [name: string, ms: number | undefined])[]): string {
  const written = parts.flatMap(([name, ms]) => (ms === undefined ? [] : [`${name}: { ms: ${integerLiteral(ms)} }`]));
  return `  ${property}: { ${written.join(", ")} },\n`;
}

/** The lines about them in the docstring of a cache. */
export function freshnessTexts({ stale, refreshAhead, timeouts }: Freshness): readonly string[] {
  const rows: (readonly [string, string])[] = [];
  if (stale !== undefined) {
    const { whileRevalidateMs, onErrorMs } = stale;
    const windows = [
      ...(whileRevalidateMs === undefined ? [] : [`${formatDuration(whileRevalidateMs)} while a load refreshes it`]),
      ...(onErrorMs === undefined ? [] : [`${formatDuration(onErrorMs)} where its load fails`]),
    ];
    rows.push(["Stale", `served for ${windows.join(", ")}`]);
  }
  if (refreshAhead !== undefined) {
    const { text } = refreshAhead;
    rows.push(["Refresh ahead", text === "xfetch" ? "by chance (xfetch)" : `after ${text} of the TTL`]);
  }
  if (timeouts !== undefined) {
    const { softMs, hardMs } = timeouts;
    const ends = [
      ...(softMs === undefined ? [] : [`${formatDuration(softMs)} with a stale value`]),
      ...(hardMs === undefined ? [] : [formatDuration(hardMs)]),
    ];
    rows.push(["Timeouts of loads", ends.join(", else ")]);
  }
  return rows.map(([label, text]) => `- ${label}: ${text}`);
}
