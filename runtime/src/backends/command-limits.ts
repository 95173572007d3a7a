import { Deadline, type Pending, type Watcher } from "./deadline.ts";
import type { Patience } from "./patience.ts";
import { ReadBudget } from "./read-budget.ts";
import type { CommandKind } from "./redis-connection.ts";
import { timedOut } from "./redis-errors.ts";
import { ValueSizes } from "./value-sizes.ts";

/** The times of a connection, in milliseconds. */
export interface CommandTimes {
  readonly readTimeoutMs?: number | undefined;
  readonly commandTimeoutMs?: number | undefined;
}

/** What is left of a budget is waited for in steps of this, so that a few timers serve all. */
const stepMs = 5;

/** How long the commands of one connection may take: reads a budget that grows with what they ask for, the others one time. */
export class CommandLimits implements Patience {
  readonly sizes: ValueSizes = new ValueSizes();
  /** Set by the connection. */
  readySinceMs = 0;
  readonly #pending: Pending = { count: 0 };
  readonly #budget: ReadBudget;
  readonly #deadlines = new Map<number, Deadline>();
  readonly #readTimeoutMs: number;
  readonly #reads: Deadline;
  readonly #writes: Deadline;

  constructor({ readTimeoutMs = 50, commandTimeoutMs = 1000 }: CommandTimes) {
    this.#readTimeoutMs = readTimeoutMs;
    this.#budget = new ReadBudget(readTimeoutMs, this.sizes);
    this.#reads = this.#deadlineOf(readTimeoutMs);
    this.#writes = this.#deadlineOf(commandTimeoutMs);
  }

  /** How many commands have no answer yet, those that have expired included. */
  get pending(): number {
    return this.#pending.count;
  }

  /**
   * What a command becomes, or a rejection when its time is over.
   *
   * @param keys - what it is about, where that is keys
   * @param failed - throws what is rejected with
   */
  limit<Reply, Answer>(
    kind: CommandKind,
    keys: string | readonly string[],
    begin: () => Promise<Reply>,
    answer: (reply: Reply) => Answer,
    failed: (cause: unknown) => Answer,
  ): Promise<Answer> {
    if (kind === "write") return this.#writes.limit(begin, answer, failed);
    const read = new SentRead(this.#budget, kind, keys);
    const deadline = read.limitMs === this.#readTimeoutMs ? this.#reads : this.#deadlineOf(read.limitMs);
    return deadline.limit(begin, answer, failed, read);
  }

  budgetMs(keyCount: number): number {
    return this.#budget.limitMs(keyCount, 0);
  }

  isOut(_key: string): boolean {
    return false;
  }

  within<T>(promised: Promise<T>, limitMs: number): Promise<T> {
    return this.#deadlineOf(Math.max(stepMs, Math.ceil(limitMs / stepMs) * stepMs)).watch(promised);
  }

  /** The same as for a command. */
  watch<T>(promised: Promise<T>): Promise<T> {
    return this.#writes.watch(promised);
  }

  #deadlineOf(limitMs: number): Deadline {
    let deadline = this.#deadlines.get(limitMs);
    if (deadline === undefined) {
      deadline = new Deadline(limitMs, timedOut, this.#pending);
      this.#deadlines.set(limitMs, deadline);
    }
    return deadline;
  }
}

/** A read on its way: what it asks for counts among what is still to come until it is answered, or given up. */
class SentRead implements Watcher {
  readonly limitMs: number;
  readonly #budget: ReadBudget;
  readonly #kind: CommandKind;
  readonly #keys: string | readonly string[];
  readonly #bytes: number;

  constructor(budget: ReadBudget, kind: CommandKind, keys: string | readonly string[]) {
    this.#budget = budget;
    this.#kind = kind;
    this.#keys = keys;
    this.#bytes = budget.sizes.expectedOf(keys);
    this.limitMs = budget.limitMs(this.#count, this.#bytes);
    budget.asked(this.#count, this.#bytes);
  }

  get #count(): number {
    return typeof this.#keys === "string" ? 1 : this.#keys.length;
  }

  /** What comes too late tells how large it is all the same: the next read of it has more time. */
  answered(result: unknown, isInTime: boolean): void {
    if (isInTime) this.#over();
    if (this.#kind === "value") this.#budget.sizes.noteAll(this.#keys, result);
  }

  failed(_cause: unknown, _turn: unknown, isInTime: boolean): void {
    if (isInTime) this.#over();
  }

  expired(): void {
    this.#over();
  }

  #over(): void {
    this.#budget.over(this.#count, this.#bytes);
  }
}
