import { setImmediate } from "node:timers";

/** Whose events they are: a process that may stand still for a while, or be gone. */
export interface Owner {
  readonly isGone: boolean;
  /** Until when it runs nothing. */
  readonly blockedUntilMs: number;
}

/** What comes first of what is due at one moment, as in the event loop of Node. */
type Phase = 0 | 1 | 2;
export const timers: Phase = 0;
export const sockets: Phase = 1;
export const immediates: Phase = 2;

export interface Due {
  atMs: number;
  readonly phase: Phase;
  order: number;
  readonly owner: Owner | undefined;
  /** Gone once it is over, or is not to be. */
  run: (() => void) | undefined;
}

/** The time of a simulation, which goes from one event to the next: nothing else takes any. */
export class VirtualTime {
  #nowMs = 0;
  #order = 0;
  readonly #heap: Due[] = [];
  /** How many events were run. */
  steps = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, phase: Phase, owner: Owner | undefined, run: () => void): Due {
    return this.at(this.#nowMs + ms, phase, owner, run);
  }

  at(atMs: number, phase: Phase, owner: Owner | undefined, run: () => void): Due {
    this.#order += 1;
    const due: Due = { atMs: Math.max(atMs, this.#nowMs), phase, order: this.#order, owner, run };
    this.#push(due);
    return due;
  }

  /** Runs what is due until nothing is, until `isOver`, or until that moment; each event with all promises that follow of it. */
  async run(untilMs: number, isOver: () => boolean): Promise<void> {
    await settled();
    while (!isOver()) {
      const due = this.#pop();
      if (due === undefined || due.atMs > untilMs) return;
      if (due.run === undefined || due.owner?.isGone === true) continue;
      const heldUntilMs = due.owner?.blockedUntilMs ?? 0;
      if (heldUntilMs > due.atMs) {
        due.atMs = heldUntilMs;
        this.#push(due);
        continue;
      }
      this.#nowMs = due.atMs;
      const { run } = due;
      due.run = undefined;
      this.steps += 1;
      run();
      await settled();
    }
  }

  #push(due: Due): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(due);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Due;
      if (!comesBefore(due, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = due;
  }

  #pop(): Due | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && comesBefore(heap[below + 1] as Due, heap[below] as Due)) below += 1;
      const child = heap[below] as Due;
      if (!comesBefore(child, last)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

function comesBefore(one: Due, other: Due): boolean {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs;
  if (one.phase !== other.phase) return one.phase < other.phase;
  return one.order < other.order;
}

const turnsPerRound = 64;

/** What waits for promises to be settled, the turn that comes next first. */
const waiting: (() => void)[] = [];
let turns = 0;

/**
 * When all promises are, that depend on nothing but promises: after a turn of the real event loop. Node runs what was
 * put off together in one round, all promises after each; a round of its own for each turn would ask the system for
 * events each time, which takes longer than most turns.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (turns > 0) return;
    turns = turnsPerRound;
    for (let turn = 0; turn < turnsPerRound; turn += 1) setImmediate(takeTurn);
  });
}

function takeTurn(): void {
  turns -= 1;
  waiting.shift()?.();
}
