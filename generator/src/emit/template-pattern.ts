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

class Source {
  readonly #nodes: readonly TypeNode[];
  #groups = 0;

  constructor(nodes: readonly TypeNode[]) {
    this.#nodes = nodes;
  }

  template({ texts, types }: TemplateNode): string {
    return texts.map((text, index) => this.#piece(text, types[index - 1], types[index])).join("");
  }

  /** A text, with the placeholder before it. */
  #piece(text: string, before: TypeId | undefined, after: TypeId | undefined): string {
    const literal = escaped(text);
    if (before === undefined) return literal;
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
