// Not the global one, which tests replace together with the clock: there is nothing in it to wait for.
import { setImmediate } from "node:timers";

/** Resolves in the next turn of the event loop, when others have had theirs. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
