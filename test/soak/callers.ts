import { setTimeout as wait } from "node:timers/promises";
import { CachetoryError } from "@cachetory/runtime";
import type { Product } from "../../examples/shop/src/models.ts";
import type { Caches } from "../faults/caches.ts";
import { Origin } from "./origin.ts";
import { between, oneOf } from "./random.ts";
import { type Subject, subjectsOf } from "./subjects.ts";

/** What callers have seen, of all deployments. */
export interface Tally {
  calls: number;
  loads: number;
  changes: number;
  /** Changes that were rejected because the server did not answer, as they may be. */
  refused: number;
  longestMs: number;
  longest: string;
  readonly errors: string[];
  readonly wrong: string[];
}

export interface CallersOptions {
  readonly deployment: string;
  readonly prefix: string;
  readonly random: () => number;
  /** So long after an acknowledged change an older value may still be answered. */
  readonly boundMs: number;
  readonly tally: Tally;
}

const hotIds = 12;
const pauseMs = 15;
const changesPerCall = 0.08;
/** What is told of one kind; more would say nothing new. */
const mostTold = 30;

/** One caller for each cache, who asks in all ways and now and then changes something. */
export class Callers {
  readonly #options: CallersOptions;
  readonly #subjects: readonly (readonly [subject: Subject, origin: Origin])[];
  #isPaused = true;
  #running: readonly Promise<void>[] = [];

  constructor(caches: Caches, options: CallersOptions) {
    this.#options = options;
    const origins = new Map<string, Origin>();
    const originOf = (kind: string): Origin => {
      const origin = origins.get(kind) ?? new Origin(options.boundMs);
      origins.set(kind, origin);
      return origin;
    };
    const loadOf = (kind: string) => {
      const origin = originOf(kind);
      return (id: number) => this.#load(origin, id);
    };
    this.#subjects = subjectsOf(caches, options.prefix, loadOf).map((subject) => [subject, originOf(subject.kind)]);
  }

  start(): void {
    this.#isPaused = false;
    this.#running = this.#subjects.map(([subject, origin]) => this.#callAgainAndAgain(subject, origin));
  }

  /** Resolves when the last call has its answer, and nothing is under way behind callers. */
  async pause(): Promise<void> {
    this.#isPaused = true;
    await Promise.all(this.#running);
    await Promise.all(this.#subjects.map(([subject]) => subject.drain()));
  }

  async #callAgainAndAgain(subject: Subject, origin: Origin): Promise<void> {
    const { random } = this.#options;
    while (!this.#isPaused) {
      if (random() < changesPerCall) await this.#change(subject, origin);
      else await this.#ask(subject, origin);
      await wait(pauseMs);
    }
  }

  async #ask(subject: Subject, origin: Origin): Promise<void> {
    const { random, tally } = this.#options;
    const question = oneOf(subject.questions, random);
    const begunId = between(0, hotIds, random);
    const ids = [begunId, (begunId + 1) % hotIds, (begunId + 2) % hotIds];
    const begunMs = performance.now();
    tally.calls += 1;
    try {
      const answers = await question.ask(ids);
      const asked = question.name === "getOrSet" || question.name === "call" ? [begunId] : ids;
      for (const id of question.loads ? asked : answers.keys()) {
        const misfit = origin.misfitOf(id, answers.get(id), begunMs);
        if (misfit !== undefined) this.#note(tally.wrong, `${this.#label(subject, question.name)} of ${id}: ${misfit}`);
      }
    } catch (error) {
      this.#note(tally.errors, `${this.#label(subject, question.name)}: ${error}`);
    }
    const tookMs = performance.now() - begunMs;
    if (tookMs > tally.longestMs) {
      tally.longestMs = tookMs;
      tally.longest = this.#label(subject, question.name);
    }
  }

  async #change(subject: Subject, origin: Origin): Promise<void> {
    const { random, tally } = this.#options;
    const id = between(0, hotIds, random);
    const version = origin.change(id);
    tally.changes += 1;
    try {
      await oneOf(subject.changes, random)(id, origin.valueOf(id));
      origin.acknowledge(id, version);
    } catch (error) {
      tally.refused += 1;
      const isOutage = error instanceof CachetoryError && error.code === "UNAVAILABLE";
      if (!isOutage) this.#note(tally.errors, `${this.#label(subject, "a change")}: ${error}`);
    }
  }

  async #load(origin: Origin, id: number): Promise<Product> {
    this.#options.tally.loads += 1;
    // Read first, so that a change that comes meanwhile finds an old value under way.
    const value = origin.valueOf(id);
    await wait(between(1, 4, this.#options.random));
    return value;
  }

  #label({ kind }: Subject, operation: string): string {
    return `${operation} of ${kind} on ${this.#options.deployment}`;
  }

  #note(list: string[], what: string): void {
    if (list.length < mostTold) list.push(`${(performance.now() / 1000).toFixed(1)} s: ${what}`);
    else list[mostTold] = "and more";
  }
}
