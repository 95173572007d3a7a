import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Cell } from "./cells.ts";
import type { Measured } from "./closed-loop.ts";
import type { Place } from "./contender.ts";
import { entrants } from "./contenders/entrants.ts";
import type { Answer, Pace, Question } from "./protocol.ts";

/** A contender that is ready to be measured, in a process of its own so that none shapes the code of another. */
export interface Contestant {
  readonly name: string;
  readonly isIsolated: boolean;
  readonly measure: (cell: Cell) => Promise<Measured | undefined>;
  readonly close: () => Promise<void>;
}

/**
 * Opens all contenders of a place, one after the other: two that warm up at a time would slow each other down.
 *
 * @param node - path of the node that runs them
 */
export async function openContestants(place: Place, redisUrl: string, pace: Pace, node: string): Promise<Contestant[]> {
  const opened: Contestant[] = [];
  for (const [entrant, { name }] of entrants[place].entries()) {
    const child = fork(fileURLToPath(new URL("./contestant.js", import.meta.url)), [], { execPath: node });
    const url = `${redisUrl}/${entrant}`;
    const { isIsolated } = await ask(child, name, "opened", { ask: "open", place, entrant, url, pace });
    opened.push({
      name,
      isIsolated,
      measure: async (cell) => (await ask(child, name, "measured", { ask: "measure", cell })).measured,
      async close() {
        await ask(child, name, "closed", { ask: "close" });
        child.disconnect();
      },
    });
  }
  return opened;
}

function ask<Kind extends Answer["answer"]>(
  child: ChildProcess,
  name: string,
  expected: Kind,
  question: Question,
): Promise<Answer & { readonly answer: Kind }> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`${name} ended with ${code}.`));
    child.once("exit", onExit);
    child.once("message", (answer: Answer) => {
      child.removeListener("exit", onExit);
      if (isAnswer(answer, expected)) resolve(answer);
      else reject(new Error(`${name}: ${answer.answer === "failed" ? answer.reason : `unexpected ${answer.answer}`}`));
    });
    child.send(question);
  });
}

function isAnswer<Kind extends Answer["answer"]>(
  answer: Answer,
  kind: Kind,
): answer is Answer & { readonly answer: Kind } {
  return answer.answer === kind;
}
