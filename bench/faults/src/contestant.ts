/** The process of one contender, which calls it all the time and does what it is told. */
import { Caller } from "./caller.ts";
import { entrantOf } from "./entrants.ts";
import { type Held, held } from "./held.ts";
import type { Answers, Question, Role } from "./open-contestant.ts";

// Who starts this process passes the role, and nothing else.
const { contender: name, place } = JSON.parse(process.argv[2] ?? "") as Role;
// Nobody is left to ask.
process.on("disconnect", () => process.exit());

let unhandled = 0;
process.on("unhandledRejection", () => {
  unhandled += 1;
});
process.on("uncaughtException", () => {
  unhandled += 1;
});

const contender = await entrantOf(name).open(place);
const caller = new Caller(contender);
let before: Held | undefined;
let blocking: NodeJS.Timeout | undefined;

const deeds: {
  readonly [Name in Question["ask"]]: (question: Question & { readonly ask: Name }) => Promise<Answers[Name]>;
} = {
  async warm({ forMs }) {
    caller.start();
    await new Promise((resolve) => setTimeout(resolve, forMs));
    await caller.pause();
    // What is opened for the first clearing, and kept, is no growth.
    await contender.setBulk(0, "first");
    await clearBulk();
    await contender.setBulk(0, "first");
    before = await held();
    caller.start();
  },
  nextFreshId: async () => caller.nextFreshId,
  async shiftClock({ byMs }) {
    Object.assign(globalThis, { clockShiftMs: byMs });
  },
  async block({ forMs, everyMs }) {
    clearInterval(blocking);
    if (forMs === 0) return;
    blocking = setInterval(() => {
      const endMs = performance.now() + forMs;
      while (performance.now() < endMs);
    }, everyMs);
  },
  clearBulk,
  async finish() {
    await caller.pause();
    const { columns, hotLoadsAtMs, firstError, firstWrong } = caller;
    const after = await held(before);
    if (before === undefined) throw new Error("It was never warm.");
    return { columns, hotLoadsAtMs, firstError, firstWrong, unhandled, before, after };
  },
};

/** Answers with the error, if there was one. */
async function clearBulk(): Promise<string | undefined> {
  try {
    await contender.clearBulk();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : `${error}`;
  }
}

process.on("message", (question: Question) => {
  // The kind of question chooses the deed that takes it.
  const deed = deeds[question.ask] as (question: Question) => Promise<unknown>;
  deed(question).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.({ failure: error instanceof Error ? `${error.stack}` : `${error}` }),
  );
});
process.send?.({ answer: undefined });
