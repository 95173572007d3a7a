import { byHand } from "../codecs/entrants.ts";
import { geometricMean, middle, ratio } from "../harness/statistics.ts";
import type { PartResult } from "../results.ts";
import type { Goal, Target } from "./goal.ts";

export const both = ["encodeNs", "decodeNs"];
export const typed = "**typed**";
export const compact = "**typed, compact**";
export const records = "msgpackr, shared records";
export const checked = "JSON, checked by ajv";

/** What the headline is a mean of: A, B, C, D, F and G. */
const headline = ["user", "catalogue", "decimals", "config", "feed", "article"];

/** How many times as fast `typed` is, or another codec. */
export function timesAsFast(
  result: PartResult | undefined,
  series: string | readonly string[],
  payload: string,
  other: string,
  codec: string = typed,
): number | undefined {
  const samples = result?.samples["codecs"];
  return samples && ratio(samples, series, payload, other, codec);
}

/** The same over the payloads of the headline. */
export function meanTimesAsFast(result: PartResult | undefined, other: string): number | undefined {
  const times = headline.map((payload) => timesAsFast(result, both, payload, other));
  // One that was not measured makes it another mean.
  return times.every((each) => each !== undefined) ? geometricMean(times) : undefined;
}

/** Bytes of a codec, as a share of those of JSON. */
export function sizeShare(result: PartResult | undefined, payload: string, codec: string): number | undefined {
  const samples = result?.samples["codecs"];
  const bytes = samples && middle(samples, "bytes", payload, codec);
  const ofJson = samples && middle(samples, "bytes", payload, "JSON");
  return bytes === undefined || ofJson === undefined ? undefined : bytes / ofJson;
}

type Limit = Target["limit"];

interface PayloadGoal {
  readonly title: string;
  readonly payload: string;
  readonly encode?: Limit;
  readonly decode?: Limit;
  readonly both: Limit;
  readonly records: Limit;
  readonly size: number;
  readonly compactSize?: number;
}

const payloadGoals: readonly PayloadGoal[] = [
  {
    title: "A",
    payload: "user",
    encode: [4.5, 3],
    decode: [8, 7.5],
    both: [5.5, 4.5],
    records: 3.2,
    size: 47,
    compactSize: 34,
  },
  {
    title: "AD",
    payload: "datedUser",
    encode: [9, 8],
    decode: [5, 4.8],
    both: 7,
    records: 3.2,
    size: 39,
    compactSize: 35,
  },
  {
    title: "B",
    payload: "catalogue",
    encode: [5, 3.6],
    decode: [7, 5.7],
    both: [5.5, 4.5],
    records: 3,
    size: 62,
    compactSize: 47,
  },
  { title: "C", payload: "decimals", encode: 14, decode: [12, 9.5], both: 12, records: 3, size: 11 },
  { title: "C2", payload: "floats", encode: 30, decode: 14, both: 25, records: 4.4, size: 28 },
  {
    title: "D",
    payload: "config",
    encode: [3.6, 2.4],
    decode: 2.3,
    both: [2.8, 2.3],
    records: 3,
    size: 56,
    compactSize: 55,
  },
  { title: "E", payload: "note", both: 5, records: 1.5, size: 101 },
  {
    title: "F",
    payload: "feed",
    encode: [5.2, 4],
    decode: [6.5, 6],
    both: [5.8, 5],
    records: 3.7,
    size: 64,
    compactSize: 51,
  },
  {
    title: "G",
    payload: "article",
    encode: [2.9, 1.6],
    decode: [4, 3.3],
    both: [3.4, 1.9],
    records: 2.1,
    size: 90,
    compactSize: 85,
  },
];

const times = (label: string, limit: Limit | undefined, reached: Target["reached"]): readonly Target[] =>
  limit === undefined ? [] : [{ label, bound: "at least", limit, reached }];

/** The same of one payload, beside what is reached by hand. */
const timesTo = (
  label: string,
  limit: Limit | undefined,
  series: string | readonly string[],
  payload: string,
  other: string,
): readonly Target[] =>
  times(label, limit, (result) => timesAsFast(result, series, payload, other)).map((target) => ({
    ...target,
    byHand: (result) => timesAsFast(result, series, payload, other, byHand),
  }));

const size = (label: string, limit: number | undefined, payload: string, codec: string): readonly Target[] =>
  limit === undefined
    ? []
    : [
        {
          label,
          bound: "at most",
          limit,
          unit: "%",
          reached: (result) => {
            const share = sizeShare(result, payload, codec);
            // They were set in whole ones.
            return share === undefined ? undefined : Math.round(share * 100);
          },
        },
      ];

export const codecGoals: readonly Goal[] = [
  {
    title: "`typed`, writing and reading, times as fast as JSON: geometric mean of A, B, C, D, F, G",
    part: "codecs",
    targets: times("", [5, 4.3], (result) => meanTimesAsFast(result, "JSON")),
  },
  {
    title: "the same, as msgpackr with shared records",
    part: "codecs",
    targets: times("", 3, (result) => meanTimesAsFast(result, records)),
  },
  {
    title: "reading, checked by the way, as JSON.parse and ajv",
    part: "codecs",
    targets: (["user", "catalogue", "feed"] as const).flatMap((payload, index) =>
      times("ABF"[index] ?? "", 7, (result) => timesAsFast(result, "decodeNs", payload, checked)),
    ),
  },
  ...payloadGoals.map(
    (goal): Goal => ({
      title: `${goal.title}, times as fast as JSON`,
      part: "codecs",
      targets: [
        ...timesTo("write", goal.encode, "encodeNs", goal.payload, "JSON"),
        ...timesTo("read", goal.decode, "decodeNs", goal.payload, "JSON"),
        ...timesTo("both", goal.both, both, goal.payload, "JSON"),
        ...timesTo("both, to msgpackr's records", goal.records, both, goal.payload, records),
        ...size("size", goal.size, goal.payload, typed),
        ...size("compact", goal.compactSize, goal.payload, compact),
      ],
    }),
  ),
];
