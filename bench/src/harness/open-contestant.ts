import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Contest, Measured } from "./contest.ts";
import { clientCore, pinnedTo } from "./pinned-to.ts";

/** A contender that is ready to be measured, in a process of its own so that none shapes the code or the heap of another. */
export interface Contestant {
  readonly name: string;
  readonly measure: (cell: string) => Promise<Measured | undefined>;
  readonly close: () => Promise<void>;
}

/** What the process of a contender is asked. */
export type Question = { readonly ask: "measure"; readonly cell: string } | { readonly ask: "close" };

/** What it answers; once without having been asked, when it is ready. */
export type Answer =
  | { readonly answer: "ready" }
  | { readonly answer: "measured"; readonly measured: Measured | undefined }
  | { readonly answer: "closed" }
  | { readonly answer: "failed"; readonly reason: string };

/** What the process is started with. */
export interface Role {
  readonly stand: string;
  readonly contender: string;
  readonly setup: unknown;
}

export async function openContestant(contest: Contest, name: string, node: string): Promise<Contestant> {
  const role: Role = { stand: contest.stand.href, contender: name, setup: contest.setup(name) };
  const pinned = contest.isPinned === false ? [] : pinnedTo(clientCore);
  const [execPath = node, ...execArgv] = [...pinned, node, ...(contest.nodeFlags ?? [])];
  const script = fileURLToPath(new URL("./contestant.js", import.meta.url));
  const env = { ...process.env, ...contest.environment };
  const child = fork(script, [JSON.stringify(role)], { execPath, execArgv, env });
  const title = `${contest.title}: ${name}`;
  await answerOf(child, title, "ready");
  return {
    name,
    measure: async (cell) => (await ask(child, title, "measured", { ask: "measure", cell })).measured,
    async close() {
      // One that has ended, or failed, has been reported.
      if (child.exitCode !== null || child.killed) return;
      await ask(child, title, "closed", { ask: "close" });
      child.disconnect();
    },
  };
}

function ask<Kind extends Answer["answer"]>(
  child: ChildProcess,
  title: string,
  expected: Kind,
  question: Question,
): Promise<Answer & { readonly answer: Kind }> {
  const answer = answerOf(child, title, expected);
  child.send(question);
  return answer;
}

function answerOf<Kind extends Answer["answer"]>(
  child: ChildProcess,
  title: string,
  expected: Kind,
): Promise<Answer & { readonly answer: Kind }> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null): void =>
      reject(new Error(`${title} ended with ${signal ?? code}.`));
    child.once("exit", onExit);
    child.once("message", (answer: Answer) => {
      child.removeListener("exit", onExit);
      if (isAnswer(answer, expected)) return resolve(answer);
      child.kill();
      reject(new Error(`${title}: ${answer.answer === "failed" ? answer.reason : `unexpected ${answer.answer}`}`));
    });
  });
}

function isAnswer<Kind extends Answer["answer"]>(
  answer: Answer,
  kind: Kind,
): answer is Answer & { readonly answer: Kind } {
  return answer.answer === kind;
}
