import type { AbortSignalLike } from "../abort.ts";
import type { LoaderContext } from "./one-load.ts";

/** What a loader of many keys gets besides them, made of what it would get for each. */
export class ManyContext implements LoaderContext {
  readonly #each: readonly LoaderContext[];
  // Made when it is asked for: one for each key costs more than the rest of a batch.
  #controller: AbortController | undefined;

  constructor(each: readonly LoaderContext[]) {
    this.#each = each;
  }

  /** Aborted when every caller of every key has aborted. */
  get signal(): AbortSignalLike {
    this.#controller ??= abortedWithAll(this.#each.map(({ signal }) => signal));
    return this.#controller.signal;
  }
}

function abortedWithAll(signals: readonly AbortSignalLike[]): AbortController {
  const controller = new AbortController();
  let left = signals.length;
  const leave = ({ reason }: AbortSignalLike): void => {
    left -= 1;
    if (left === 0) controller.abort(reason);
  };
  for (const signal of signals) {
    if (signal.aborted) leave(signal);
    else signal.addEventListener("abort", () => leave(signal));
  }
  return controller;
}
