/** The process of one contender: it opens, fills and warms a cache, then measures the cells that it is asked for. */
import { callOf, fill, isIsolated } from "./calls.ts";
import { type Cell, operations } from "./cells.ts";
import { closedLoop, type Measured } from "./closed-loop.ts";
import type { Contender } from "./contender.ts";
import { entrants } from "./contenders/entrants.ts";
import type { Answer, Question } from "./protocol.ts";

let opened: { readonly contender: Contender; readonly question: Question & { readonly ask: "open" } } | undefined;

process.on("message", (question: Question) => {
  answerTo(question)
    .catch(
      (error: unknown): Answer => ({
        answer: "failed",
        reason: error instanceof Error ? `${error.stack}` : `${error}`,
      }),
    )
    .then((answer) => process.send?.(answer));
});
// Nobody is left to ask.
process.on("disconnect", () => process.exit());

async function answerTo(question: Question): Promise<Answer> {
  switch (question.ask) {
    case "open":
      return { answer: "opened", isIsolated: await open(question) };
    case "measure":
      return { answer: "measured", measured: await measure(question.cell) };
    case "close":
      await opened?.contender.close();
      return { answer: "closed" };
  }
}

async function open(question: Question & { readonly ask: "open" }): Promise<boolean> {
  const entrant = entrants[question.place][question.entrant];
  if (entrant === undefined) throw new Error(`There is no entrant ${question.entrant} on ${question.place}.`);
  const contender = await entrant.open(question.url);
  opened = { contender, question };
  await fill(contender);
  // An operation that is measured cold in its process looks up to twice as slow.
  for (const operation of operations) await loop({ operation, inFlight: 8 }, question.pace.warmMs);
  return isIsolated(contender);
}

async function measure(cell: Cell): Promise<Measured | undefined> {
  if (opened === undefined) throw new Error("Measured before it was opened.");
  const { place, pace } = opened.question;
  await loop(cell, pace.leadMs);
  return loop(cell, pace.cellMs[place]);
}

async function loop({ operation, inFlight }: Cell, forMs: number): Promise<Measured | undefined> {
  if (opened === undefined) return undefined;
  const call = callOf(opened.contender, operation);
  if (call === undefined) return undefined;
  const isShort = opened.question.place === "memory" && !operation.endsWith("Many");
  return closedLoop(inFlight, forMs, isShort ? 64 : 1, call);
}
