import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Held } from "./held.ts";
import type { RecordColumns } from "./records.ts";
import type { Place } from "./topology.ts";

/** What the process of a contender is started with. */
export interface Role {
  readonly contender: string;
  readonly place: Place;
}

/** What it may be asked. */
export type Question =
  /** Calls for a while, says what it then holds to itself, and goes on calling. */
  | { readonly ask: "warm"; readonly forMs: number }
  /** Of the next fresh key. */
  | { readonly ask: "nextFreshId" }
  /** Makes `Date` wrong. */
  | { readonly ask: "shiftClock"; readonly byMs: number }
  /** Holds up the event loop again and again; no more where `forMs` is 0. */
  | { readonly ask: "block"; readonly forMs: number; readonly everyMs: number }
  /** Answers with the error, if there was one. */
  | { readonly ask: "clearBulk" }
  /** Calls no more, and tells what happened. */
  | { readonly ask: "finish" };

export interface Answers {
  readonly warm: undefined;
  readonly nextFreshId: number;
  readonly shiftClock: undefined;
  readonly block: undefined;
  readonly clearBulk: string | undefined;
  readonly finish: Told;
}

/** What a contender has to tell at the end. */
export interface Told {
  readonly columns: RecordColumns;
  readonly hotLoadsAtMs: Float64Array;
  readonly firstError: string | undefined;
  readonly firstWrong: string | undefined;
  /** Rejections and exceptions that nobody handled. */
  readonly unhandled: number;
  /** When it was warm, and at the end. */
  readonly before: Held;
  readonly after: Held;
}

/** A contender in a process of its own. */
export interface Contestant {
  ask<Name extends Question["ask"]>(question: Question & { readonly ask: Name }): Promise<Answers[Name]>;
  /** SIGKILL: what it still holds is its own affair. */
  kill(): void;
}

/** Its process has ended by itself. */
export class EndedError extends Error {}

export async function openContestant(role: Role): Promise<Contestant> {
  const child = fork(fileURLToPath(new URL("./contestant.js", import.meta.url)), [JSON.stringify(role)], {
    execArgv: ["--expose-gc", "--require", fileURLToPath(new URL("../../../../fake-clock.cjs", import.meta.url))],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let complaints = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-2000);
  });
  const answered = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const onExit = (code: number | null, signal: string | null): void =>
        reject(new EndedError(`${role.contender} ended with ${signal ?? code}. ${complaints}`));
      if (child.exitCode !== null || child.signalCode !== null) return onExit(child.exitCode, child.signalCode);
      child.once("exit", onExit);
      child.once("message", (message: { readonly answer?: unknown; readonly failure?: string }) => {
        child.removeListener("exit", onExit);
        if (message.failure === undefined) resolve(message.answer);
        else reject(new Error(`${role.contender}: ${message.failure}`));
      });
    });
  await answered();
  // One question at a time, so that each answer is to the one before it.
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask(question) {
      const answer = last
        .catch(() => {})
        .then(() => {
          const found = answered();
          child.send(question, () => {});
          return found;
        });
      last = answer;
      // The kind of question says what the answer is.
      return answer as ReturnType<Contestant["ask"]> as never;
    },
    kill() {
      child.kill("SIGKILL");
    },
  };
}
