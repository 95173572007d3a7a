import { setImmediate as nextTurn } from "node:timers/promises";
import { getHeapStatistics } from "node:v8";
import { RandomSource } from "../generator/validator/random-source.ts";
import type { Coverage } from "./coverage.ts";
import { bytesOf, type FuzzTarget } from "./fuzz-target.ts";
import { minimise } from "./minimise.ts";
import { mutate } from "./mutate.ts";

export interface FuzzOptions {
  /** How many inputs are made. */
  readonly inputs: number;
  readonly seed: number;
  /** Guides mutation to what has not run before, for the first tenth of the inputs, and is stopped then. Default: all goes on with the seeds. */
  readonly coverage?: Coverage | undefined;
  /** Is told each input before it runs: who waits for it can say what never ended. */
  readonly before?: (index: number, input: Uint8Array) => void;
}

export interface FuzzReport {
  readonly inputs: number;
  /** How many of them were good ones. */
  readonly taken: number;
  /** How many of them did what none before did, so that others were made of them. */
  readonly kept: number;
  readonly cpuMs: Extreme;
  readonly bytes: Extreme;
  readonly failure: FuzzFailure | undefined;
}

/** The most that any input took, and which. */
export interface Extreme {
  readonly most: number;
  readonly input: string;
}

export interface FuzzFailure {
  readonly message: string;
  /** In hexadecimal digits. */
  readonly input: string;
  /** The shortest that fails alike. */
  readonly minimised: string;
}

/** So many run before it is looked whether they did anything new; twice as many each time that they did not, for looking is slow. */
const minBatch = 64;
const maxBatch = 4096;
/** What one input costs is the least of so many runs: others use the processor and collect garbage meanwhile. */
const repeats = 3;
const maxCorpus = 2000;
/** Of all inputs, the first part that is looked at for what it does: looking makes code run at a third of its speed. */
const watchedPart = 0.1;

/** Gives a target so many inputs, or until one fails. */
export async function runTarget(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  return new FuzzRun(target, options).run();
}

/** Runs one input, and answers what is wrong; `undefined` where nothing is. */
export async function failureOf(target: FuzzTarget, input: Uint8Array): Promise<string | undefined> {
  try {
    await target.run(input);
    return pollution();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : `${String(error)} was thrown`;
  }
}

class FuzzRun {
  readonly #target: FuzzTarget;
  readonly #options: FuzzOptions;
  readonly #random: RandomSource;
  readonly #words: readonly Uint8Array[];
  readonly #corpus: Uint8Array[];
  #inputs = 0;
  #taken = 0;
  #cpuMs: Extreme = { most: 0, input: "" };
  #bytes: Extreme = { most: 0, input: "" };
  #failure: FuzzFailure | undefined;

  constructor(target: FuzzTarget, options: FuzzOptions) {
    this.#target = target;
    this.#options = options;
    this.#random = new RandomSource(options.seed);
    this.#words = target.words.map(bytesOf);
    this.#corpus = [...target.seeds];
  }

  async run(): Promise<FuzzReport> {
    const { inputs } = this.#options;
    let { coverage } = this.#options;
    // The first runs compile what they run, which says nothing of the input.
    for (const seed of this.#target.seeds) if (this.#failure === undefined) await this.#warm(seed);
    coverage?.learn(coverage.take());
    let batch = minBatch;
    while (this.#failure === undefined && this.#inputs < inputs) {
      const made = Array.from({ length: Math.min(batch, inputs - this.#inputs) }, () =>
        mutate(this.#corpus, this.#words, this.#random),
      );
      for (const input of made) if (this.#failure === undefined) await this.#one(input);
      // What has been put off to the next turn, such as what zlib does to let go of memory, would wait until the end.
      await nextTurn();
      if (coverage === undefined || this.#failure !== undefined) continue;
      batch = (await this.#keepNew(made, coverage)) ? minBatch : Math.min(2 * batch, maxBatch);
      if (this.#inputs < watchedPart * inputs) continue;
      coverage.stop();
      coverage = undefined;
    }
    return {
      inputs: this.#inputs,
      taken: this.#taken,
      kept: this.#corpus.length - this.#target.seeds.length,
      cpuMs: this.#cpuMs,
      bytes: this.#bytes,
      failure: this.#failure,
    };
  }

  async #warm(seed: Uint8Array): Promise<void> {
    this.#options.before?.(this.#inputs, seed);
    const message = await failureOf(this.#target, seed);
    if (message !== undefined) await this.#fail(message, seed);
  }

  async #one(input: Uint8Array): Promise<void> {
    this.#options.before?.(this.#inputs, input);
    const startBytes = usedBytes();
    const start = process.cpuUsage();
    try {
      if (await this.#target.run(input)) this.#taken += 1;
      this.#inputs += 1;
    } catch {
      const message = (await failureOf(this.#target, input)) ?? "It failed once, and did not fail again.";
      return this.#fail(message, input);
    }
    const cost = { cpuMs: cpuMsSince(start), bytes: usedBytes() - startBytes };
    const polluted = pollution();
    if (polluted !== undefined) return this.#fail(polluted, input);
    if (cost.cpuMs > this.#cpuMs.most || cost.bytes > this.#bytes.most) await this.#measure(input, cost);
  }

  /** Once more, and again: the least counts. */
  async #measure(input: Uint8Array, first: { readonly cpuMs: number; readonly bytes: number }): Promise<void> {
    let { cpuMs, bytes } = first;
    for (let count = 1; count < repeats; count++) {
      const startBytes = usedBytes();
      const start = process.cpuUsage();
      await this.#target.run(input);
      cpuMs = Math.min(cpuMs, cpuMsSince(start));
      // Less than nothing is left where garbage was collected meanwhile: that says nothing.
      const grown = usedBytes() - startBytes;
      if (grown > 0) bytes = Math.min(bytes, grown);
    }
    if (cpuMs > this.#cpuMs.most) this.#cpuMs = { most: cpuMs, input: hex(input) };
    if (bytes > this.#bytes.most) this.#bytes = { most: bytes, input: hex(input) };
    const { maxCpuMs, maxBytes } = this.#target;
    if (cpuMs > maxCpuMs) await this.#fail(`It took ${cpuMs} ms of the processor, over ${maxCpuMs}.`, input);
    else if (bytes > maxBytes) await this.#fail(`It let memory grow by ${bytes} bytes, over ${maxBytes}.`, input);
  }

  /** Keeps those that did something new, and answers whether any did; which of them shows when they run again. */
  async #keepNew(made: readonly Uint8Array[], coverage: Coverage): Promise<boolean> {
    const all = coverage.take();
    if (!coverage.hasNew(all)) return false;
    await this.#keepNewOf(made, coverage);
    // What ran but once, as what is made when it is first needed, is not waited for again.
    coverage.learn(all);
    return true;
  }

  /** By halves, of which most do nothing new. */
  async #keepNewOf(made: readonly Uint8Array[], coverage: Coverage): Promise<void> {
    for (const input of made) await this.#target.run(input);
    const ran = coverage.take();
    if (!coverage.hasNew(ran)) return;
    const [input] = made;
    if (made.length > 1) {
      const half = made.length >> 1;
      await this.#keepNewOf(made.slice(0, half), coverage);
      await this.#keepNewOf(made.slice(half), coverage);
    } else if (input !== undefined) {
      coverage.learn(ran);
      if (this.#corpus.length < maxCorpus) this.#corpus.push(input);
    }
  }

  async #fail(message: string, input: Uint8Array): Promise<void> {
    const [first = ""] = message.split("\n");
    const minimised = await minimise(input, async (shorter) => {
      const failed = await failureOf(this.#target, shorter);
      return failed?.startsWith(first) === true;
    });
    this.#failure = { message, input: hex(input), minimised: hex(minimised) };
  }
}

const prototypes: readonly (readonly [name: string, prototype: object, names: string])[] = [
  ["Object", Object.prototype],
  ["Array", Array.prototype],
  ["Map", Map.prototype],
  ["Function", Function.prototype],
].map(([name, prototype]) => [name as string, prototype as object, ownNames(prototype as object)]);

/** What has been done to prototypes that all share; `undefined` where nothing. */
function pollution(): string | undefined {
  const found = prototypes.find(([, prototype, names]) => ownNames(prototype) !== names);
  return found && `${found[0]}.prototype has been changed.`;
}

function ownNames(prototype: object): string {
  return Reflect.ownKeys(prototype).map(String).join();
}

/** Of the heap, and of what is outside of it. */
function usedBytes(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
