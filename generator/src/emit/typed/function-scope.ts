import { type Code, code, type LocalName, local } from "../code.ts";

/** Bits of one number: what is shifted further would lose its sign. */
const maxBitsOfWord = 24;

/** Choices and flags of one object, packed into bytes before its parts. */
export class BitField {
  readonly #words: { readonly name: LocalName; bits: number }[] = [];
  readonly #scope: FunctionScope;

  constructor(scope: FunctionScope) {
    this.#scope = scope;
  }

  /** So many bits of a word, which lie above `shift`. */
  take(bits: number): { readonly word: LocalName; readonly shift: number } {
    let word = this.#words.at(-1);
    if (word === undefined || word.bits + bits > maxBitsOfWord) {
      word = { name: this.#scope.variable("bits"), bits: 0 };
      this.#words.push(word);
    }
    const shift = word.bits;
    word.bits += bits;
    return { word: word.name, shift };
  }

  /** Each word, with the place of its bytes among all. */
  get words(): readonly { readonly name: LocalName; readonly offset: number; readonly bytes: number }[] {
    let offset = 0;
    return this.#words.map(({ name, bits }) => {
      const bytes = Math.ceil(bits / 8);
      const at = offset;
      offset += bytes;
      return { name, offset: at, bytes };
    });
  }

  get byteCount(): number {
    return this.words.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** The names of one function, each used once. */
export class FunctionScope {
  readonly #counts = new Map<string, number>();

  variable(stem: string): LocalName {
    const count = (this.#counts.get(stem) ?? 0) + 1;
    this.#counts.set(stem, count);
    return local(count === 1 ? stem : `${stem}${count}`);
  }
}

/** `position`, `position + 1`. */
export function plus(name: Code, offset: number): Code {
  return offset === 0 ? name : code`${name} + ${String(offset)}`;
}
