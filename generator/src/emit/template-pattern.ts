import type { SimpleNode, TemplateNode, TypeId, TypeNode } from "../model/type-ir.ts";
import { escapeInvisible } from "./literal.ts";

/** The strings of a template literal type, as the source of a regular expression without flags. */
export function templatePattern(template: TemplateNode, nodes: readonly TypeNode[]): string {
  return `^${new Source(nodes).whole(template)}$`;
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
    // What is between two texts has to end as early as it can: of a text behind it the point may be the begin.
    end: "(?:\\d\\.??|Infinity|NaN|0[xX][\\da-fA-F]+?)",
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

  /** Of a template that is no part of another one. */
  whole(template: TemplateNode): string {
    const ending = this.#ending(template);
    if (ending === undefined) return this.template(template);
    // From the end on there is one way to read it; from the begin, each place in a row of digits would be tried.
    const isThere = `[^]*$(?<=${ending})`;
    const isAll = template.types.length === 2 && template.texts[0] === "";
    return isAll ? isThere : `(?=${isThere})${this.template(template)}`;
  }

  template({ texts, types }: TemplateNode): string {
    let source = escaped(texts[0] ?? "");
    for (let index = 0; index < types.length; index++) {
      const count = this.#isAnyText(types[index]) ? this.#countBetween(texts, types, index) : undefined;
      if (count === undefined) source += this.#piece(texts, types, index);
      else {
        const pieces = Array.from({ length: count }, (_, at) => this.#piece(texts, types, index + 1 + at));
        // The first place where this stands is as good as any, for what follows takes everything. To try no other one
        // keeps the time linear: a lookahead is not entered again.
        this.#groups += 1;
        const name = `s${this.#groups}`;
        source += `(?=(?<${name}>[^]*?${escaped(texts[index + 1] ?? "")}${pieces.join("")}))\\k<${name}>`;
        index += count;
      }
    }
    return source;
  }

  /**
   * How many placeholders are between any text and the next one, where the first place at which they stand is also the first at
   * which they end: none, or a number that one of the two is right beside.
   */
  #countBetween(texts: readonly string[], types: readonly TypeId[], index: number): number | undefined {
    if (this.#isAnyText(types[index + 1])) return 0;
    return this.#isAnyText(types[index + 2]) && this.#besideText(texts, types, index + 1) !== undefined ? 1 : undefined;
  }

  /** A placeholder, with the text behind it. */
  #piece(texts: readonly string[], types: readonly TypeId[], index: number): string {
    // There is a type at each of these places.
    const type = types[index] as TypeId;
    return (this.#besideText(texts, types, index) ?? this.#placeholder(type)) + escaped(texts[index + 1] ?? "");
  }

  /** What is left to ask of a number that is right beside any text. */
  #besideText(texts: readonly string[], types: readonly TypeId[], index: number): string | undefined {
    const isAfterText = texts[index] === "" && this.#isAnyText(types[index - 1]);
    const isBeforeText = texts[index + 1] === "" && this.#isAnyText(types[index + 1]);
    if (!isAfterText && !isBeforeText) return undefined;
    const part = besideText[this.#kindOf(types[index]) as SimpleNode["kind"]];
    return part?.[isAfterText && isBeforeText ? "any" : isAfterText ? "end" : "begin"];
  }

  /** What it ends with, where that is a number behind digits, and before them is any text. */
  #ending({ texts, types }: TemplateNode): string | undefined {
    const [before, last] = types.slice(-2);
    const [text = "", end = ""] = texts.slice(-2);
    const isNumber = ["number", "bigint"].includes(this.#kindOf(last) ?? "");
    if (last === undefined || !isNumber || !this.#isAnyText(before) || !/^\d+$/.test(text)) return undefined;
    return text + this.#placeholder(last) + escaped(end);
  }

  #kindOf(id: TypeId | undefined): TypeNode["kind"] | undefined {
    return id === undefined ? undefined : this.#nodes[id]?.kind;
  }

  #isAnyText(id: TypeId | undefined): boolean {
    return this.#kindOf(id) === "string";
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
