import { middle, ratio } from "../harness/statistics.ts";
import { bareMap, oursMemory } from "../memory/entrants.ts";
import { oursJson, plainClient } from "../redis/entrants.ts";
import type { NodeResults } from "../results.ts";
import { meanTimesAsFast, records } from "./codec-goals.ts";
import { shortNumber } from "./markdown.ts";

/** The few sentences that stand at the top. */
export function headline(results: readonly NodeResults[]): string {
  const lines = [
    line(results, "`typed` writes and reads", "times as fast as JSON", ({ parts }) =>
      meanTimesAsFast(parts.codecs, "JSON"),
    ),
    line(results, "and", "times as fast as msgpackr with shared records", ({ parts }) =>
      meanTimesAsFast(parts.codecs, records),
    ),
    line(
      results,
      "A `get` of 350 B of JSON on Redis, 32 in flight, takes",
      "of the time of plain ioredis",
      ({ parts }) => {
        const small = parts.redis?.samples["small"];
        return small && ratio(small, "wallUs", "get ×32", oursJson, plainClient);
      },
    ),
    line(
      results,
      "A hit in memory that is safe to change takes",
      "times an async function around a Map",
      ({ parts }) => {
        const small = parts.memory?.samples["small"];
        return small && ratio(small, "ns", "get", oursMemory, bareMap);
      },
    ),
    line(results, "From import to the first hit on Redis it is", "ms", ({ parts }) => {
      const redis = parts["cold-start"]?.samples["redis"];
      return redis && middle(redis, "ms", "first hit", oursJson);
    }),
  ];
  return lines.filter((text) => text !== undefined).join("\n");
}

function line(
  results: readonly NodeResults[],
  before: string,
  after: string,
  reached: (result: NodeResults) => number | undefined,
): string | undefined {
  const texts = results.flatMap((result) => {
    const value = reached(result);
    return value === undefined ? [] : [`**${shortNumber(value)}** on Node ${result.major}`];
  });
  return texts.length === 0 ? undefined : `- ${before} ${texts.join(", ")} ${after}.`;
}
