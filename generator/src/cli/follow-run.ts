import type { Host } from "../host.ts";
import { type EnterPhase, phaseLabels } from "../timing/phase.ts";
import { PhaseClock, type Timing } from "../timing/phase-clock.ts";

/** Runs something of several phases: a terminal shows which one it is in, and its time is taken where that is asked for. */
export async function followRun<Answer>(
  isTimed: boolean,
  host: Host,
  run: (enter: EnterPhase) => Answer | Promise<Answer>,
): Promise<{ readonly answer: Answer; readonly timing: Timing | undefined }> {
  const clock = isTimed ? new PhaseClock(host) : undefined;
  const progress = isWatched(host) ? host.startProgress() : undefined;
  try {
    const answer = await run((phase) => {
      clock?.enter(phase);
      progress?.show(phaseLabels[phase]);
    });
    return { answer, timing: clock?.stop() };
  } finally {
    progress?.stop();
  }
}

/** Whether somebody looks at it now, and not at a log of it later. */
function isWatched({ stderr, env }: Host): boolean {
  return stderr.isTerminal && (env["CI"] ?? "") === "" && env["TERM"] !== "dumb";
}
