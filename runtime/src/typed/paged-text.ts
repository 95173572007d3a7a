import type { Text } from "./input.ts";

/** Text in several strings. Its strings are asked for in their order, each once. */
export class PagedText implements Text {
  readonly #pages: readonly string[];
  readonly length: number;
  #index = 0;
  #page: string;
  /** Where the page begins, and where it ends. */
  #begin = 0;
  #end: number;

  constructor(pages: readonly string[]) {
    this.#pages = pages;
    this.length = pages.reduce((length, page) => length + page.length, 0);
    this.#page = pages[0] ?? "";
    this.#end = this.#page.length;
  }

  substring(from: number, to: number): string {
    if (to <= this.#end) return this.#page.substring(from - this.#begin, to - this.#begin);
    return this.#across(from, to);
  }

  #across(from: number, to: number): string {
    let text = this.#page.substring(from - this.#begin);
    // As of a string: there is nothing beyond the end.
    while (this.#end < to && this.#index < this.#pages.length - 1) {
      this.#index++;
      this.#page = this.#pages[this.#index] as string;
      this.#begin = this.#end;
      this.#end += this.#page.length;
      text += this.#page.substring(0, to - this.#begin);
    }
    return text;
  }
}
