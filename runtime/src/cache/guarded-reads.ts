import type { LeaveGuard } from "../backends/guarded-backend.ts";
import type { GuardedWriteBack } from "../policies/guarded-write-back.ts";
import type { CallOrder } from "./call-order.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { Miss } from "./miss.ts";
import type { ReadAnswers } from "./read-answers.ts";

/** Reads right before a load whose value is stored only if nobody has changed the key since: they leave a guard. */
export class GuardedReads<V> {
  readonly #guarded: GuardedWriteBack;
  readonly #codec: EntryCodec<V>;
  readonly #order: CallOrder;
  readonly #answers: ReadAnswers<V>;

  constructor(guarded: GuardedWriteBack, codec: EntryCodec<V>, order: CallOrder, answers: ReadAnswers<V>) {
    this.#guarded = guarded;
    this.#codec = codec;
    this.#order = order;
    this.#answers = answers;
  }

  /** What is there by now, after that miss; what is missing has what the load needs to be stored. */
  async reread(text: string, key: unknown, miss: Miss): Promise<V | Miss> {
    const found = await this.#read(text, key, miss.reason === "absent" ? "absent" : "always");
    // By now there is something that has to be replaced.
    if (found instanceof Miss && found.guard === undefined && !found.isUnanswered) {
      return this.#read(text, key, "always");
    }
    return found;
  }

  /** What a load needs to replace whatever is there, and what others have loaded that began before. */
  async missAnew(text: string, key: unknown): Promise<Miss> {
    // Asked so, it gives no value.
    return (await this.#read(text, key, "anew")) as Miss;
  }

  async #read(text: string, key: unknown, leave: LeaveGuard): Promise<V | Miss> {
    let guard: string | undefined;
    const ask = async (): Promise<unknown> => {
      const read = await this.#guarded.read(text, this.#codec.serializer.out, leave);
      guard = read.guard;
      return read.stored;
    };
    try {
      const fetch = (): Promise<unknown> => this.#codec.fetch(this.#guarded.backend, key, ask);
      const fetched = await this.#order.inTurn([text], undefined, fetch);
      this.#answers.heardOf(text);
      const found = await this.#codec.decode(fetched, key, true);
      // To replace what is there takes a guard even where it has a value.
      if (leave === "anew") return Miss.absent.guardedBy(guard);
      return found instanceof Miss ? found.guardedBy(guard) : found;
    } catch (cause) {
      return this.#answers.missOf(cause);
    }
  }
}
