import { type Text, unreadable } from "./input.ts";
import type { Items } from "./packed-items.ts";

/** A text with what was taken out of it. Its strings are asked for in their order, each once. */
export class PackedText implements Text {
  readonly #rest: Text;
  readonly #items: Text;
  readonly #starts: readonly number[];
  readonly #lengths: readonly number[];
  readonly length: number;
  #index = 0;
  /** Where the next item begins; beyond all text where there is none. */
  #next: number;
  /** How long all items before that are. */
  #before = 0;

  /**
   * @param items - the text of all items
   * @throws CachetoryError `UNREADABLE` where an item would be beyond the end
   */
  constructor(rest: Text, items: Text, { starts, lengths }: Pick<Items, "starts" | "lengths">) {
    this.#rest = rest;
    this.#items = items;
    this.#starts = starts;
    this.#lengths = lengths;
    this.length = rest.length + items.length;
    this.#next = starts[0] ?? Number.POSITIVE_INFINITY;
    if ((starts.at(-1) ?? 0) + (lengths.at(-1) ?? 0) > this.length) unreadable();
  }

  substring(from: number, to: number): string {
    if (to <= this.#next) return this.#rest.substring(from - this.#before, to - this.#before);
    return this.#together(from, to);
  }

  /** A string that is an item, or has some of one in it. */
  #together(from: number, to: number): string {
    let text = "";
    for (let at = from; at < to; ) {
      if (at < this.#next) {
        const until = Math.min(to, this.#next);
        text += this.#rest.substring(at - this.#before, until - this.#before);
        at = until;
        continue;
      }
      const itemEnd = this.#next + (this.#lengths[this.#index] as number);
      const until = Math.min(to, itemEnd);
      const offset = this.#before + at - this.#next;
      text += this.#items.substring(offset, offset + until - at);
      at = until;
      if (until < itemEnd) continue;
      this.#before += itemEnd - this.#next;
      this.#index++;
      this.#next = this.#starts[this.#index] ?? Number.POSITIVE_INFINITY;
    }
    return text;
  }
}
