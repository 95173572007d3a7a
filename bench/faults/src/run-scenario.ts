import { setTimeout as later } from "node:timers/promises";
import { EndedError, openContestant } from "./open-contestant.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { trueNowMs } from "./probe.ts";
import { recordsOf } from "./records.ts";
import type { Fault, Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";
import { keysLike, storedOf } from "./stored-keys.ts";

/** A contender whose process ended by itself has no more outcome than that. */
export type Result = Outcome | { readonly ended: string };

const warmMs = 500;
const beforeMs = 1200;
const afterMs = 2000;
const quickly = 3;

/** One contender under load on servers that are as new, while one thing goes wrong. */
export async function runScenario(
  scenario: Scenario,
  stage: Stage,
  contender: string,
  isQuick: boolean,
): Promise<Result> {
  await stage.reset();
  const contestant = await openContestant({ contender, place: stage.place });
  try {
    await contestant.ask({ ask: "warm", forMs: warmMs });
    const fault: Fault = {
      stage,
      contestant,
      keyOf: await keysOf(stage),
      seconds: (count) => (count * 1000) / (isQuick ? quickly : 1),
      isQuick,
    };
    await scenario.prepare?.(fault);
    const beforeAtMs = trueNowMs();
    await later(beforeMs);
    const faultAtMs = trueNowMs();
    const { backAtMs, note } = await scenario.run(fault);
    await later(afterMs);
    const endAtMs = trueNowMs();
    const { columns, ...told } = await contestant.ask({ ask: "finish" });
    const records = recordsOf(columns);
    const fresh = records.filter(({ kind, startMs }) => kind === "fresh" && startMs >= backAtMs);
    const stored = await storedOf(
      stage,
      fresh.map(({ id }) => fault.keyOf("fresh", id)),
    );
    const storedIds = new Set(fresh.filter(({ id }) => stored.has(fault.keyOf("fresh", id))).map(({ id }) => id));
    return outcomeOf({ ...told, records, storedIds, beforeAtMs, faultAtMs, backAtMs, endAtMs, note });
  } catch (error) {
    if (error instanceof EndedError) return { ended: error.message };
    throw error;
  } finally {
    contestant.kill();
  }
}

/** How the contender writes its keys, which is found in those that are there. */
async function keysOf(stage: Stage): Promise<Fault["keyOf"]> {
  const patterns = { fresh: "*fresh:0*", hot: "*hot:*", bulk: "*bulk:0*" };
  const templates = new Map<string, readonly [head: string, tail: string]>();
  for (const [cache, pattern] of Object.entries(patterns)) {
    const [key] = await keysLike(stage, pattern);
    const found = key === undefined ? null : new RegExp(`^(.*${cache}:)\\d+(.*)$`).exec(key);
    if (found === null) throw new Error(`The contender has stored nothing that looks like ${pattern}.`);
    const [, head = "", tail = ""] = found;
    templates.set(cache, [head, tail]);
  }
  return (cache, id) => {
    const [head, tail] = templates.get(cache) ?? ["", ""];
    return `${head}${id}${tail}`;
  };
}
