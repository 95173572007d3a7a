import type { Turn, Watcher } from "./deadline.ts";
import type { ReadBudget } from "./read-budget.ts";
import type { CommandKind } from "./redis-connection.ts";
import { forgetArguments, whatIsTold } from "./redis-errors.ts";
import type { ServerNode } from "./server-nodes.ts";

/** What a command that is on its way tells of how it ends. */
export interface SendingOf {
  readonly budget: ReadBudget;
  /** The server has said nothing since then. */
  silent(node: ServerNode, sinceMs: number): void;
  /** Nobody knows what has become of a change of these keys. */
  invalidate(keys: readonly string[]): void;
}

/** Of the time of a read, for another connection in place of one that was lost; the rest is for what is asked on that one. */
export const returnShare = 0.5;

/** A command on its way: what a read asks for counts among what is still to come until it is answered, or given up. */
export class SentCommand implements Watcher {
  readonly kind: CommandKind;
  readonly keys: string | readonly string[];
  readonly node: ServerNode | undefined;
  /** Of a read; 0 of anything else. */
  readonly limitMs: number;
  readonly #of: SendingOf;
  readonly #bytes: number;
  /** When its connection was lost, and it was asked again, for the first time. */
  #lostAtMs: number | undefined;

  constructor(of: SendingOf, kind: CommandKind, keys: string | readonly string[], node: ServerNode | undefined) {
    this.#of = of;
    this.kind = kind;
    this.keys = keys;
    this.node = node;
    this.#bytes = kind === "write" ? 0 : of.budget.sizes.expectedOf(keys);
    this.limitMs = kind === "write" ? 0 : of.budget.limitMs(this.#count, this.#bytes);
    if (kind !== "write") of.budget.asked(this.#count, this.#bytes);
  }

  get #count(): number {
    return typeof this.keys === "string" ? 1 : this.keys.length;
  }

  beginsAgain(cause: unknown): boolean {
    if (whatIsTold(cause) !== "lost") return false;
    // In a Cluster, the next server that is asked may be about to go as well.
    this.#lostAtMs ??= performance.now();
    return performance.now() - this.#lostAtMs <= returnShare * this.limitMs;
  }

  answered(result: unknown, isInTime: boolean): void {
    const { node } = this;
    if (node !== undefined) {
      node.silentSinceMs = undefined;
      node.silenceCountsFromMs = performance.now();
      if (isInTime) node.breaker.answered();
    }
    if (isInTime) this.#over();
    // What comes too late tells how large it is all the same: the next read of it has more time.
    if (this.kind === "value") this.#of.budget.sizes.noteAll(this.keys, result);
  }

  failed(cause: unknown, turn: Turn, isInTime: boolean): void {
    const told = whatIsTold(cause);
    const { node } = this;
    if (told === "answer" && node !== undefined) {
      node.silentSinceMs = undefined;
      node.silenceCountsFromMs = performance.now();
    }
    if (!isInTime) return;
    this.#over();
    // What was lost may have been done; what has expired has been told as that.
    if (told === "lost") this.#invalidate();
    if (told === "answer") node?.breaker.answered();
    else if (told === "nothing") node?.breaker.toldNothing();
    else {
      // It is told in an event.
      forgetArguments(cause);
      node?.breaker.failed(turn, cause);
    }
  }

  expired(turn: Turn, wasBusy: boolean, error: Error): void {
    this.#over();
    this.#invalidate();
    const { node } = this;
    if (node === undefined) return;
    if (wasBusy) {
      node.breaker.toldNothing();
      return;
    }
    node.breaker.failed(turn, error);
    // Nobody was asked for all of that time.
    if (this.#lostAtMs !== undefined) return;
    this.#of.silent(node, turn.endedAtMs);
  }

  #over(): void {
    if (this.kind !== "write") this.#of.budget.over(this.#count, this.#bytes);
  }

  #invalidate(): void {
    if (this.kind === "write") this.#of.invalidate(typeof this.keys === "string" ? [this.keys] : this.keys);
  }
}
