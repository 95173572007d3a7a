/** The process of one contender: it opens what its role names, then measures the cells that it is asked for. */
import type { OpenStand } from "./contest.ts";
import type { Answer, Question, Role } from "./open-contestant.ts";

// Who starts this process passes the role, and nothing else.
const { stand, contender, setup } = JSON.parse(process.argv[2] ?? "") as Role;
// Nobody is left to ask.
process.on("disconnect", () => process.exit());

try {
  const { open } = (await import(stand)) as { readonly open: OpenStand<unknown> };
  const opened = await open(contender, setup);
  process.on("message", (question: Question) => {
    const answer: Promise<Answer> =
      question.ask === "measure"
        ? opened.measure(question.cell).then((measured) => ({ answer: "measured", measured }))
        : opened.close().then(() => ({ answer: "closed" }));
    answer.catch(failed).then(tell);
  });
  tell({ answer: "ready" });
} catch (error) {
  tell(failed(error));
}

function tell(answer: Answer): void {
  process.send?.(answer);
}

function failed(error: unknown): Answer {
  return { answer: "failed", reason: error instanceof Error ? `${error.stack}` : `${error}` };
}
