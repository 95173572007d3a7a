import type { SimpleNode, TemplateNode, TypeId, TypeNode } from "../model/type-ir.ts";
import { escapeInvisible } from "./literal.ts";

/** The strings of a template literal type, as the source of a regular expression without flags. */
export function templatePattern(template: TemplateNode, nodes: readonly TypeNode[]): string {
  return `^${new Source(nodes).template(template)}$`;
}

// Only one part may take the digits before a point: with two, each place between them would be tried.
const decimal = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?";

/** What TypeScript takes for the text of a value of the type; `[^]` is any character, line ends included. */
const texts: Readonly<Partial<Record<SimpleNode["kind"], string>>> = {
  string: "[^]*",
  any: "[^]*",
  unknown: "[^]*",
  number: `(?:${decimal}|[+-]?Infinity|NaN|0[xX][\\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)`,
  bigint: "-?\\d+",
  boolean: "(?:true|false)",
  null: "null",
  undefined: "undefined",
};

/**
 * What has to be of a number, or of a bigint, beside any text, which takes the rest of it: the end where the text is before
 * it, the begin where it is behind. With all of it, each place in a row of digits would be tried as the begin of a number.
 */
const besideText: Readonly<Partial<Record<SimpleNode["kind"], Readonly<Record<Beside, string>>>>> = {
  number: {
    end: "(?:\\d\\.?|Infinity|NaN|0[xX][\\da-fA-F]+)",
    begin: "(?:[+-]?(?:\\.?\\d|Infinity)|NaN)",
    any: "(?:\\d|Infinity|NaN)",
  },
  bigint: { end: "\\d", begin: "-?\\d", any: "\\d" },
};

type Beside = "end" | "begin" | "any";

class Source {
  readonly #nodes: readonly TypeNode[];
  #groups = 0;

  constructor(nodes: readonly TypeNode[]) {
    this.#nodes = nodes;
  }

  template({ texts, types }: TemplateNode): string {
    return texts
      .map((text, index) => {
        const before = types[index - 1];
        if (before === undefined) return escaped(text);
        const isAfterText = texts[index - 1] === "" && this.#isAnyText(types[index - 2]);
        const isBeforeText = text === "" && this.#isAnyText(types[index]);
        if (!isAfterText && !isBeforeText) return this.#piece(text, before, types[index]);
        const { kind } = this.#nodes[before] ?? {};
        const part = besideText[kind as SimpleNode["kind"]];
        if (part === undefined) return this.#piece(text, before, types[index]);
        return part[isAfterText && isBeforeText ? "any" : isAfterText ? "end" : "begin"] + escaped(text);
      })
      .join("");
  }

  /** A text, with the placeholder before it. */
  #piece(text: string, before: TypeId, after: TypeId | undefined): string {
    const literal = escaped(text);
    if (!this.#isAnyText(before) || !this.#isAnyText(after)) return this.#placeholder(before) + literal;
    // The first place where the text stands is as good as any, for what follows takes everything. To try no other one
    // keeps the time linear: a lookahead is not entered again.
    this.#groups += 1;
    return `(?=(?<s${this.#groups}>[^]*?${literal}))\\k<s${this.#groups}>`;
  }

  #isAnyText(id: TypeId | undefined): boolean {
    return id !== undefined && this.#nodes[id]?.kind === "string";
  }

  #placeholder(id: TypeId): string {
    const node = this.#nodes[id];
    switch (node?.kind) {
      case "literal":
        return escaped(String(node.value));
      case "bigint-literal":
        return node.digits;
      case "template":
        return this.template(node);
      case "union":
        return `(?:${node.members.map((member) => this.#placeholder(member)).join("|")})`;
      default:
        return (node && texts[node.kind as SimpleNode["kind"]]) ?? "[^]*";
    }
  }
}

function escaped(text: string): string {
  return escapeInvisible(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
}
