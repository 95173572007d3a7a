import { quote } from "@cachetory/runtime/schemes";
import type { PartSource, PropertyStep, ValueStep } from "../model/declaration.ts";

/** `userProfile({ userId: user.id, locale: "nl" })`; offsets count in the text. */
export interface ParsedTarget {
  readonly cache: Stretch & { readonly name: string };
  readonly parts: "all" | "by-name" | readonly ParsedPart[];
}

export interface ParsedPart {
  readonly parameter: Stretch & { readonly name: string };
  readonly source: Stretch & { readonly value: PartSource };
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where a text is no target, and why. */
export interface TargetProblem extends Stretch {
  readonly message: string;
  readonly hint: string;
}

/** Reads which entries of which cache are meant, as far as that can be told without knowing any. */
export function parseTarget(text: string): ParsedTarget | TargetProblem {
  try {
    return new TargetParser(text).target();
  } catch (error) {
    if (error instanceof Unexpected) return error.problem;
    throw error;
  }
}

const example = 'For example: "userProfile({ userId: user.id })"';

class TargetParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  target(): ParsedTarget {
    this.#skip(/\s+/y);
    const cache = this.#name("the name of a cache");
    const parts = this.#takes("(") ? this.#parts() : "by-name";
    this.#skip(/\s+/y);
    if (this.#at < this.#text.length) this.#fail('"(" or the end');
    return { cache, parts };
  }

  #parts(): ParsedTarget["parts"] {
    if (this.#takes("*")) {
      this.#expect(")");
      return "all";
    }
    if (!this.#takes("{")) this.#fail('"{" or "*"');
    const parts: ParsedPart[] = [];
    while (!this.#takes("}")) {
      const part = this.#part();
      const { name, start, end } = part.parameter;
      if (parts.some(({ parameter }) => parameter.name === name)) {
        throw new Unexpected({ start, end, message: `${quote(name)} is given twice`, hint: "Leave one of them out" });
      }
      parts.push(part);
      if (this.#takes("}")) break;
      if (!this.#takes(",")) this.#fail('"," or "}"');
    }
    this.#expect(")");
    return parts;
  }

  #part(): ParsedPart {
    const parameter = this.#name('a parameter of the key, or "}"');
    if (this.#takes(":")) return { parameter, source: this.#source() };
    const root: PropertyStep = { kind: "property", name: parameter.name, isOptional: this.#skip(/\?/y) !== undefined };
    return { parameter, source: { value: { kind: "path", steps: [root] }, start: parameter.start, end: this.#at } };
  }

  #source(): ParsedPart["source"] {
    this.#skip(/\s+/y);
    const start = this.#at;
    const value = this.#skip(/\*/y) === undefined ? (this.#literal() ?? this.#path()) : ({ kind: "any" } as const);
    return { value, start, end: this.#at };
  }

  #literal(): PartSource | undefined {
    const word = this.#skip(/(?:true|false|-?\d+(?:\.\d+)?)(?![\p{ID_Continue}$])/uy);
    if (word !== undefined) return { kind: "literal", value: JSON.parse(word) };
    const text = this.#skip(/"(?:[^"\\]|\\.)*"|'[^'\\]*'/y);
    if (text === undefined) return undefined;
    if (text.startsWith("'")) return { kind: "literal", value: text.slice(1, -1) };
    try {
      return { kind: "literal", value: JSON.parse(text) };
    } catch {
      this.#at -= text.length;
      return this.#fail("a text as JSON writes it");
    }
  }

  #path(): PartSource {
    const property = (): PropertyStep => {
      const { name } = this.#name("a name");
      return { kind: "property", name, isOptional: this.#skip(/\?/y) !== undefined };
    };
    const root = property();
    const steps: ValueStep[] = [];
    for (;;) {
      if (this.#skip(/\./y) !== undefined) steps.push(property());
      else if (this.#skip(/\[\]/y) !== undefined) {
        steps.push({ kind: "each", isOptional: this.#skip(/\?/y) !== undefined });
      } else return { kind: "path", steps: [root, ...steps] };
    }
  }

  #name(what: string): Stretch & { readonly name: string } {
    this.#skip(/\s+/y);
    const start = this.#at;
    const name = this.#skip(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy) ?? this.#fail(what);
    return { name, start, end: this.#at };
  }

  #takes(mark: string): boolean {
    this.#skip(/\s+/y);
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#takes(mark)) this.#fail(quote(mark));
  }

  /** What stands here, if it has this form; `undefined` if not. */
  #skip(form: RegExp): string | undefined {
    form.lastIndex = this.#at;
    const [found] = form.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(wanted: string): never {
    const start = this.#at;
    const [found] = /^(?:[\p{ID_Continue}$.]+|.)/su.exec(this.#text.slice(start)) ?? [];
    const there = found === undefined ? "the text ends" : `here is ${quote(found)}`;
    const message = `${quote(this.#text.trim())} names no entries: ${there}, where ${wanted} is meant`;
    const hint = /^\[\d/.test(this.#text.slice(start)) ? "Write [] for each item of it" : example;
    throw new Unexpected({ start, end: start + (found?.length ?? 1), message, hint });
  }
}

class Unexpected extends Error {
  readonly problem: TargetProblem;

  constructor(problem: TargetProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
