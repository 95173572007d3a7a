import { codecEntrants } from "../codecs/entrants.ts";
import { middle, ratio } from "../harness/statistics.ts";
import { payloads } from "../payloads/payloads.ts";
import type { PartResult } from "../results.ts";
import { both, checked, records, sizeShare, timesAsFast, typed } from "./codec-goals.ts";
import { markdownTable, percent, shortNumber } from "./markdown.ts";

/** `typed` beside the others, and all of them beside JSON. */
export function codecTables(result: PartResult): readonly string[] {
  const samples = result.samples["codecs"] ?? {};
  const own = payloads.map(({ name, title }) => {
    const times = (series: string | readonly string[], other: string): string =>
      shortNumber(timesAsFast(result, series, name, other));
    return [
      title,
      shortNumber(middle(samples, "bytes", name, "JSON")),
      percent(sizeShare(result, name, typed)),
      shortNumber(middle(samples, "encodeNs", name, typed)),
      shortNumber(middle(samples, "decodeNs", name, typed)),
      times("encodeNs", "JSON"),
      times("decodeNs", "JSON"),
      times(both, "JSON"),
      times(both, records),
      times("decodeNs", checked),
    ];
  });
  const ownHead = [
    "value",
    "bytes of JSON",
    "`typed`, of these",
    "write, ns",
    "read, ns",
    "× JSON: write",
    "read",
    "both",
    "both, × msgpackr's records",
    "read, × JSON.parse + ajv",
  ];
  const names = codecEntrants.map(({ name }) => name).filter((name) => name !== "JSON");
  const all = payloads.map((payload) => [
    payload.title,
    ...names.map((name) => {
      const times = ratio(samples, both, payload.name, "JSON", name);
      const isExact = middle(samples, "isExact", payload.name, name) !== 0;
      return `${shortNumber(times)}${isExact ? "" : "\\*"}, ${percent(sizeShare(result, payload.name, name))}`;
    }),
  ]);
  return [
    markdownTable(ownHead, own),
    "Writing and reading, times as fast as JSON, and bytes of those of JSON. \\* does not give back the value that it was given: `null` for what is absent, its own objects, text for dates. A dash is a codec that cannot say the type, or not without converting the value first.",
    markdownTable(["value", ...names], all),
  ];
}
