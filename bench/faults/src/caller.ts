import { setTimeout as later } from "node:timers/promises";
import type { Contender, Load } from "./contender.ts";
import { isProbeOf, probeOf, trueNowMs } from "./probe.ts";
import { processorWaitMs } from "./processor-wait.ts";
import { type CallRecord, type Kind, Recorder } from "./records.ts";

const everyMs = 5;
const loaderMs = 2;
/** So many hot keys take turns. */
export const hotKeys = 8;
/** How long a call may be under way when no more are made; then it counts as one that is never answered. */
const patienceMs = 3000;

/**
 * The application: every 5 ms a fresh key, asked for once more as soon as it is there, and one of the hot keys. What an origin
 * would be asked is counted.
 */
export class Caller {
  readonly #contender: Contender;
  readonly #recorder = new Recorder(60_000);
  readonly #hotLoadsAtMs = new Float64Array(60_000);
  #hotLoads = 0;
  #tick = 0;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;
  #firstError: string | undefined;
  #firstWrong: string | undefined;

  constructor(contender: Contender) {
    this.#contender = contender;
  }

  get nextFreshId(): number {
    return this.#tick;
  }

  /** The first value that was no value of its key, as text. */
  get firstWrong(): string | undefined {
    return this.#firstWrong;
  }

  /** The message of the first call that failed. */
  get firstError(): string | undefined {
    return this.#firstError;
  }

  get columns(): Recorder["columns"] {
    return this.#recorder.columns;
  }

  get hotLoadsAtMs(): Float64Array {
    return this.#hotLoadsAtMs.slice(0, this.#hotLoads);
  }

  start(): void {
    this.#timer = setInterval(() => {
      const tick = this.#tick;
      this.#tick += 1;
      void this.#call("fresh", tick).then((isAnswered) => isAnswered && this.#call("echo", tick));
      void this.#call("hot", tick % hotKeys);
    }, everyMs);
  }

  /** Resolves when all calls are answered, or will hardly be. */
  async pause(): Promise<void> {
    clearInterval(this.#timer);
    const endMs = performance.now() + patienceMs;
    while (this.#underWay > 0 && performance.now() < endMs) await later(5);
  }

  async #call(kind: Kind, id: number): Promise<boolean> {
    const cache = kind === "hot" ? "hot" : "fresh";
    const key = `${cache}:${id}`;
    let isHit = true;
    const load: Load = async () => {
      isHit = false;
      if (cache === "hot") {
        this.#hotLoadsAtMs[this.#hotLoads] = trueNowMs();
        this.#hotLoads += 1;
      }
      await later(loaderMs);
      return probeOf(key);
    };
    const startMs = trueNowMs();
    const waitBeforeMs = processorWaitMs();
    const call = this.#recorder.started(kind, id, startMs);
    this.#underWay += 1;
    const ended = (end: Omit<CallRecord, "kind" | "id" | "startMs" | "endMs" | "waitedMs" | "isHit">): void =>
      this.#recorder.ended(call, { ...end, isHit, endMs: trueNowMs(), waitedMs: processorWaitMs() - waitBeforeMs });
    try {
      const value = await this.#contender.getOrSet(cache, id, load);
      if (isProbeOf(value, key)) {
        ended({ isError: false, isWrong: false, ageMs: Math.max(0, startMs - value.loadedAtMs) });
      } else {
        this.#firstWrong ??= `${key}: ${JSON.stringify(value)?.slice(0, 100)}`;
        ended({ isError: false, isWrong: true, ageMs: 0 });
      }
      return true;
    } catch (error) {
      this.#firstError ??= error instanceof Error ? error.message : `${error}`;
      ended({ isError: true, isWrong: false, ageMs: 0 });
      return false;
    } finally {
      this.#underWay -= 1;
    }
  }
}
