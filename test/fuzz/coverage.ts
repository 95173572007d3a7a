import { type Profiler, Session } from "node:inspector";

/** What has run: functions, and of each the parts of it that have not. */
export type Ran = ReadonlyMap<string, ReadonlySet<string>>;

/** Which branches have run, as V8 counts them: an input that does what none did before is worth going on with. */
export class Coverage {
  readonly #session = new Session();
  readonly #watched: readonly string[];
  readonly #missed = new Map<string, ReadonlySet<string>>();

  /** @param watched - what URLs of files hold that are looked at */
  constructor(watched: readonly string[]) {
    this.#watched = watched;
    this.#session.connect();
    this.#ask("Profiler.enable");
    this.#ask("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** What has run since this was last called. */
  take(): Ran {
    const { result } = this.#ask("Profiler.takePreciseCoverage") as Profiler.TakePreciseCoverageReturnType;
    const ran = new Map<string, ReadonlySet<string>>();
    for (const { url, functions } of result) {
      if (!this.#watched.some((part) => url.includes(part))) continue;
      for (const { ranges } of functions) {
        const [whole, ...parts] = ranges;
        if (whole === undefined || whole.count === 0) continue;
        const missed = parts.filter(({ count }) => count === 0).map((part) => `${part.startOffset}-${part.endOffset}`);
        ran.set(`${url}:${whole.startOffset}`, new Set(missed));
      }
    }
    return ran;
  }

  /** Whether there is something in it that had not run before, which is then known. */
  learn(ran: Ran): boolean {
    let isNew = false;
    for (const [name, missed] of ran) {
      const before = this.#missed.get(name);
      const still = before === undefined ? missed : new Set([...missed].filter((part) => before.has(part)));
      if (before !== undefined && still.size === before.size) continue;
      this.#missed.set(name, still);
      isNew = true;
    }
    return isNew;
  }

  /** Whether {@link learn} would find something. */
  hasNew(ran: Ran): boolean {
    for (const [name, missed] of ran) {
      const before = this.#missed.get(name);
      if (before === undefined || [...before].some((part) => !missed.has(part))) return true;
    }
    return false;
  }

  stop(): void {
    this.#session.disconnect();
  }

  /** The session answers at once: it is of this process. */
  #ask(method: string, parameters: object = {}): unknown {
    let answer: unknown;
    this.#session.post(method, parameters, (error, result) => {
      if (error !== null) throw error;
      answer = result;
    });
    return answer;
  }
}
