import { setTimeout } from "node:timers/promises";

/**
 * Asks again and again until the answer is yes; a rejection is a no.
 *
 * @throws Error that names `what` after twenty seconds, with the last rejection as its cause
 */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 20_000;
  let cause: unknown;
  while (performance.now() < endMs) {
    try {
      if (await isSo()) return;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await setTimeout(30);
  }
  throw new Error(`In vain was waited for this: ${what}.`, { cause });
}
