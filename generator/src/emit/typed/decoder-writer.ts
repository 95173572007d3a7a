import type { ArrayNode, MapNode, ObjectNode, SetNode, TupleNode, TypeId, TypeIr } from "../../model/type-ir.ts";
import { indent, type Lines, variableName } from "../check-lines.ts";
import { isComplex, nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode, type LocalName, local, mentions, runtimeType, runtimeValue } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { allOf, type CheckConstants, misfitConditions } from "../misfit-condition.ts";
import { type Alternative, alternativesOf, choiceForm, type Presence } from "./alternatives.ts";
import { BitField, FunctionScope, plus } from "./function-scope.ts";
import { isMeant, sortedIndexes } from "./indexes.ts";
import { commentOn } from "./part-comment.ts";
import { type TypedPlan, takesBytes } from "./typed-plan.ts";

const position = local("position");
const text = local("text");
const bytes = local("bytes");
const cursor = local("cursor");
const input = local("input");

/** Lines, and what holds the value after them. */
interface Read {
  readonly lines: Lines;
  readonly value: Code;
}

/** Writes the functions that read values of one type, each the twin of one of `EncoderWriter`. */
export class DecoderWriter {
  readonly #ir: TypeIr;
  readonly #plan: TypedPlan;
  readonly #constants: CheckConstants;
  /** Of the function that is being written. */
  #scope = new FunctionScope();
  #hasCalls = false;
  #hasText = false;

  constructor(ir: TypeIr, plan: TypedPlan, constants: CheckConstants) {
    this.#ir = ir;
    this.#plan = plan;
    this.#constants = constants;
  }

  /** The function of a type that has one. */
  decodeFunction(id: TypeId): Code {
    this.#scope = new FunctionScope();
    this.#hasCalls = false;
    this.#hasText = false;
    const { nodes } = this.#ir;
    const isOfParts = isComplex(id, nodes) && nodeOf(id, nodes).kind !== "union";
    const { lines, value } = isOfParts
      ? this.#inner(id, "value")
      : this.#choose(alternativesOf(id, nodes), "value", undefined);
    const fixed = [bytes, text].filter((name) => mentions(lines, name));
    const moving = this.#hasText || this.#hasCalls ? [position, cursor] : [position];
    const body: Lines = [
      ...(fixed.length === 0 ? [] : [code`const { ${joinCode(fixed, ", ")} } = ${input};`]),
      code`let { ${joinCode(moving, ", ")} } = ${input};`,
      ...lines,
      ...this.#leave(),
      code`return ${value};`,
    ];
    return joinCode(
      [code`function ${this.#function(id)}(${input}: ${runtimeType("Input")}): unknown {`, ...indent(body), "}"],
      "\n",
    );
  }

  #function(id: TypeId): LocalName {
    return local(`decode${this.#plan.names.get(id) ?? ""}`);
  }

  #place(id: TypeId, presence: Presence, stem: string, bits: BitField | undefined): Read {
    if (this.#plan.names.has(id) && presence === "required") return this.#call(id, stem);
    return this.#choose(alternativesOf(id, this.#ir.nodes, presence), stem, bits);
  }

  #call(id: TypeId, stem: string): Read {
    this.#hasCalls = true;
    const value = this.#scope.variable(stem);
    const lines = [...this.#leave(), code`const ${value} = ${this.#function(id)}(${input});`, ...this.#enter()];
    return { lines, value };
  }

  #leave(): Lines {
    const both = this.#hasText || this.#hasCalls;
    return [code`${input}.position = ${position};`, ...(both ? [code`${input}.cursor = ${cursor};`] : [])];
  }

  #enter(): Lines {
    return [code`${position} = ${input}.position;`, code`${cursor} = ${input}.cursor;`];
  }

  /** What a helper gives, which leaves the position behind it. */
  #helped(name: string, stem: string, further = ""): Read {
    const value = this.#scope.variable(stem);
    const call = code`${runtimeValue(name)}(${input}, ${position}${further})`;
    return { lines: [code`const ${value} = ${call};`, code`${position} = ${input}.position;`], value };
  }

  #choose(alternatives: readonly Alternative[], stem: string, bits: BitField | undefined): Read {
    const [only] = alternatives;
    if (only === undefined) {
      return { lines: [code`${runtimeValue("unreadable")}();`], value: "undefined" };
    }
    if (alternatives.length === 1) {
      return only.kind === "type" ? this.#one(only.id, stem, bits) : { lines: [], value: constantText(only) };
    }
    const { lines: choosing, value: choice } = this.#choice(alternatives.length, bits);
    const isConstant = alternatives.every(({ kind }) => kind !== "type");
    const isFull = bits !== undefined && (alternatives.length & (alternatives.length - 1)) === 0;
    const value = this.#scope.variable(stem);
    if (isConstant) {
      if (alternatives.length === 2) {
        const [first, second] = alternatives.map(constantText);
        const refusal = bits === undefined ? [code`if (${choice} > 1) ${runtimeValue("unreadable")}();`] : [];
        const is = bits === undefined ? choice : code`(${choice})`;
        const chosen =
          first === "false" && second === "true"
            ? code`${is} === 1`
            : code`${is} === 0 ? ${first ?? ""} : ${second ?? ""}`;
        return { lines: [...choosing, ...refusal, code`const ${value} = ${chosen};`], value };
      }
      const list = `[${alternatives.map(constantText).join(", ")}]`;
      const table = this.#constants.name("choices", `${list} as const`, list);
      const refusal = isFull
        ? []
        : [code`if ((${choice}) >= ${String(alternatives.length)}) ${runtimeValue("unreadable")}();`];
      return { lines: [...choosing, ...refusal, code`const ${value} = ${table}[${choice}];`], value };
    }
    const cases = alternatives.flatMap((alternative, index): Lines => {
      const read =
        alternative.kind === "type"
          ? this.#one(alternative.id, stem, undefined)
          : { lines: [], value: constantText(alternative) };
      return [
        code`case ${String(index)}: {`,
        ...indent([...read.lines, code`${value} = ${read.value};`, "break;"]),
        "}",
      ];
    });
    return {
      lines: [
        ...choosing,
        code`let ${value}: unknown;`,
        code`switch (${choice}) {`,
        ...indent([...cases, "default:", code`  ${runtimeValue("unreadable")}();`]),
        "}",
      ],
      value,
    };
  }

  #choice(count: number, bits: BitField | undefined): Read {
    const form = choiceForm(count, bits !== undefined);
    if ("bits" in form && bits !== undefined) {
      const { word, shift } = bits.take(form.bits);
      const shifted = shift === 0 ? word : code`(${word} >> ${String(shift)})`;
      return { lines: [], value: code`${shifted} & ${String(2 ** form.bits - 1)}` };
    }
    const choice = this.#scope.variable("choice");
    const first = code`${bytes}[${position}]!`;
    if ("bytes" in form && form.bytes === 2) {
      const wide = code`${first} | (${bytes}[${position} + 1]! << 8)`;
      return { lines: [code`const ${choice} = ${wide};`, code`${position} += 2;`], value: choice };
    }
    return { lines: [code`const ${choice} = ${first};`, code`${position}++;`], value: choice };
  }

  #one(id: TypeId, stem: string, bits: BitField | undefined): Read {
    const { nodes } = this.#ir;
    if (isComplex(id, nodes)) {
      return this.#plan.names.has(id) ? this.#call(id, stem) : this.#inner(id, stem, bits);
    }
    const node = nodeOf(id, nodes);
    switch (node.kind) {
      case "string":
        return this.#string(stem);
      case "template":
        return this.#checked(id, this.#string(stem));
      case "integer":
        return this.#checked(id, this.#helped("readNumber", stem));
      case "number":
        return this.#helped("readNumber", stem);
      case "bigint":
        return this.#helped("readBigint", stem);
      case "builtin": {
        if (node.name === "Date") return this.#helped("readDate", stem);
        const { lines, value } = this.#helped("readBuffer", stem);
        const made = this.#scope.variable(stem);
        const make =
          node.name === "ArrayBuffer"
            ? value
            : node.name === "Buffer"
              ? code`Buffer.from(${value})`
              : code`new ${node.name}(${value})`;
        return { lines: [...lines, code`const ${made} = ${make};`], value: made };
      }
      default:
        throw new Error(`There is no typed form of ${node.kind}.`);
    }
  }

  /** What may be of the right kind, and still none of the type. */
  #checked(id: TypeId, { lines, value }: Read): Read {
    const misfits = allOf(misfitConditions([id], value, this.#ir.nodes, this.#constants));
    return { lines: [...lines, code`if (${misfits}) ${runtimeValue("unreadable")}();`], value };
  }

  #string(stem: string): Read {
    this.#hasText = true;
    const [length, value] = [this.#scope.variable("length"), this.#scope.variable(stem)];
    return {
      lines: [
        code`let ${length} = ${bytes}[${position}++]!;`,
        code`if (${length} > 0x7f) {`,
        code`  ${length} = ${runtimeValue("readLength")}(${input}, ${position} - 1);`,
        code`  ${position} = ${input}.position;`,
        "}",
        code`const ${value} = ${text}.substring(${cursor}, (${cursor} += ${length}));`,
      ],
      value,
    };
  }

  #inner(id: TypeId, stem: string, bits?: BitField): Read {
    const node = nodeOf(id, this.#ir.nodes);
    switch (node.kind) {
      case "object":
        return this.#object(node, stem, bits);
      case "array":
        return this.#array(node, stem);
      case "tuple":
        return this.#tuple(node, stem);
      case "map":
        return this.#map(node, stem);
      case "set":
        return this.#set(node, stem);
      default:
        throw new Error(`There are no parts of ${node.kind}.`);
    }
  }

  #object(node: ObjectNode, stem: string, outer: BitField | undefined): Read {
    const bits = outer ?? new BitField(this.#scope);
    const read = this.#properties(node, stem, bits);
    const { words, byteCount } = bits;
    if (outer !== undefined || byteCount === 0) return read;
    const loads = words.map(({ name, offset, bytes: count }) => {
      const parts = Array.from({ length: count }, (_, index) => {
        const byte = code`${bytes}[${plus(position, offset + index)}]!`;
        return index === 0 ? byte : code`(${byte} << ${String(index * 8)})`;
      });
      return code`const ${name} = ${joinCode(parts, " | ")};`;
    });
    return { lines: [...loads, code`${position} += ${String(byteCount)};`, ...read.lines], value: read.value };
  }

  #properties({ properties, indexes }: ObjectNode, stem: string, bits: BitField): Read {
    const { nodes } = this.#ir;
    const lines: Code[] = [];
    const always: Code[] = [];
    const sometimes: Optional[] = [];
    const value = this.#scope.variable(stem);
    for (const { name, type, isOptional } of properties) {
      lines.push(commentOn(name, isOptional, type, nodes));
      if (!isOptional) {
        const read = this.#place(type, "required", variableName(name), bits);
        lines.push(...read.lines);
        always.push(code`${propertyName(name)}: ${read.value}`);
        continue;
      }
      const isThere = this.#scope.variable("isThere");
      const read = this.#optional(type, variableName(name), bits, isThere);
      lines.push(...read.lines);
      sometimes.push({ isThere, name, value: read.value });
    }
    const inLiteral = sometimes.length <= maxInLiteral ? sometimes : [];
    const literal = objectLiteral(always, inLiteral);
    if (sometimes.length === inLiteral.length && indexes.length === 0) return { lines, value: literal };
    return {
      lines: [
        ...lines,
        code`const ${value}: Record<string, unknown> = ${literal};`,
        ...sometimes
          .slice(inLiteral.length)
          .map((each) => code`if (${each.isThere}) ${setProperty(value, each.name, each.value)};`),
        ...this.#indexed({ properties, indexes }, value),
      ],
      value,
    };
  }

  /** A choice of which the first one is that there is nothing. */
  #optional(type: TypeId, stem: string, bits: BitField, isThere: LocalName): Read {
    const alternatives = alternativesOf(type, this.#ir.nodes, "property");
    const { lines, value: choice } = this.#choice(alternatives.length, bits);
    const value = this.#scope.variable(stem);
    const cases = alternatives.flatMap((alternative, index): Lines => {
      if (index === 0) return [code`case 0:`, "  break;"];
      const read =
        alternative.kind === "type"
          ? this.#one(alternative.id, stem, undefined)
          : { lines: [], value: constantText(alternative) };
      return [
        code`case ${String(index)}: {`,
        ...indent([...read.lines, code`${value} = ${read.value};`, "break;"]),
        "}",
      ];
    });
    return {
      lines: [
        ...lines,
        code`const ${isThere} = (${choice}) !== 0;`,
        code`let ${value}: unknown;`,
        code`switch (${choice}) {`,
        ...indent([...cases, "default:", code`  ${runtimeValue("unreadable")}();`]),
        "}",
      ],
      value,
    };
  }

  #indexed({ properties, indexes }: Pick<ObjectNode, "properties" | "indexes">, object: Code): Lines {
    const { nodes } = this.#ir;
    return sortedIndexes(indexes, nodes).flatMap(({ key, type }, index, all): Lines => {
      const { lines: counting, value: count } = this.#helped("readCount", "count", ", 1");
      const at = this.#scope.variable("index");
      const name = this.#string("name");
      const meant = isMeant(name.value, key, all.slice(0, index), properties, nodes, this.#constants);
      const item = this.#place(type, "required", "item", undefined);
      return [
        ...counting,
        code`for (let ${at} = 0; ${at} < ${count}; ${at}++) {`,
        ...indent([
          ...name.lines,
          ...(meant === undefined ? [] : [code`if (!(${meant})) ${runtimeValue("unreadable")}();`]),
          ...item.lines,
          code`${runtimeValue("setOwn")}(${object}, ${name.value}, ${item.value});`,
        ]),
        "}",
      ];
    });
  }

  #array({ items }: ArrayNode, stem: string): Read {
    if (nodeOf(items, this.#ir.nodes).kind === "number") return this.#helped("readNumbers", stem);
    const { lines, value: count } = this.#helped("readCount", "count", ", 1");
    const list = this.#scope.variable(stem);
    const item = this.#loop(items, count, (value, index) => code`${list}[${index}] = ${value};`);
    // It has no more room than it needs, where a list that grows would have a dozen places left.
    return { lines: [...lines, code`const ${list}: unknown[] = new Array(${count});`, ...item], value: list };
  }

  #loop(items: TypeId, count: Code, add: (value: Code, index: Code) => Code): Lines {
    const index = this.#scope.variable("index");
    const item = this.#item(items, "item");
    return [
      code`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`,
      ...indent([...item.lines, add(item.value, index)]),
      "}",
    ];
  }

  #item(id: TypeId, stem: string): Read {
    const { lines, value } = this.#place(id, "required", stem, undefined);
    return takesBytes(id, this.#ir.nodes, this.#plan)
      ? { lines, value }
      : { lines: [...lines, code`${position}++;`], value };
  }

  #tuple({ elements }: TupleNode, stem: string): Read {
    const rest = elements.findIndex(({ presence }) => presence === "rest");
    const least = elements.filter(({ presence }) => presence === "required").length;
    const isExact = rest < 0 && least === elements.length;
    const list = this.#scope.variable(stem);
    if (isExact) {
      const reads = elements.map(({ type }) => this.#place(type, "required", "item", undefined));
      const values = joinCode(
        reads.map((read) => read.value),
        ", ",
      );
      return { lines: [...reads.flatMap((read) => read.lines), code`const ${list} = [${values}];`], value: list };
    }
    const { lines: counting, value: count } = this.#helped("readLength", "count");
    const bounds = [
      ...(least > 0 ? [code`${count} < ${String(least)}`] : []),
      ...(rest < 0 ? [code`${count} > ${String(elements.length)}`] : []),
    ];
    const size = bounds.length === 0 ? [] : [code`if (${joinCode(bounds, " || ")}) ${runtimeValue("unreadable")}();`];
    const others = elements.length - 1;
    const lines = elements.flatMap(({ type, presence }, index): Lines => {
      if (presence === "rest") {
        const many = others === 0 ? count : code`${count} - ${String(others)}`;
        const fits = code`if (${many} > ${input}.end - ${position}) ${runtimeValue("unreadable")}();`;
        return [fits, ...this.#loop(type, many, (value) => code`${list}.push(${value});`)];
      }
      const read = this.#place(type, presence === "optional" ? "element" : "required", "item", undefined);
      const element = [...read.lines, code`${list}.push(${read.value});`];
      if (presence === "required") return element;
      return [code`if (${count} > ${String(index)}) {`, ...indent(element), "}"];
    });
    return { lines: [...counting, ...size, code`const ${list}: unknown[] = [];`, ...lines], value: list };
  }

  #map({ keys, values }: MapNode, stem: string): Read {
    const { lines, value: count } = this.#helped("readCount", "count", ", 1");
    const [map, index] = [this.#scope.variable(stem), this.#scope.variable("index")];
    const key = this.#item(keys, "key");
    const item = this.#place(values, "required", "item", undefined);
    return {
      lines: [
        ...lines,
        code`const ${map} = new Map<unknown, unknown>();`,
        code`for (let ${index} = 0; ${index} < ${count}; ${index}++) {`,
        ...indent([...key.lines, ...item.lines, code`${map}.set(${key.value}, ${item.value});`]),
        "}",
      ],
      value: map,
    };
  }

  #set({ items }: SetNode, stem: string): Read {
    const { lines, value: count } = this.#helped("readCount", "count", ", 1");
    const set = this.#scope.variable(stem);
    const loop = this.#loop(items, count, (value) => code`${set}.add(${value});`);
    return { lines: [...lines, code`const ${set} = new Set<unknown>();`, ...loop], value: set };
  }
}

/** A property that the entry may have. */
interface Optional {
  readonly isThere: Code;
  readonly name: string;
  readonly value: Code;
}

/** A literal for each combination of so many optional properties is made faster than what gets them afterwards. */
const maxInLiteral = 2;

function objectLiteral(entries: readonly Code[], [first, ...others]: readonly Optional[]): Code {
  if (first === undefined) return entries.length === 0 ? "{}" : code`{ ${joinCode(entries, ", ")} }`;
  const without = objectLiteral(entries, others);
  const having = objectLiteral([...entries, code`${propertyName(first.name)}: ${first.value}`], others);
  return code`(${first.isThere} ? ${having} : ${without})`;
}

function constantText(alternative: Alternative): string {
  return alternative.kind === "constant" ? alternative.text : "undefined";
}

/** In a literal, `__proto__` is another thing than a name. */
function propertyName(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name);
}

function setProperty(object: Code, name: string, value: Code): Code {
  if (name === "__proto__") return code`${runtimeValue("setOwn")}(${object}, ${stringLiteral(name)}, ${value})`;
  return code`${object}[${stringLiteral(name)}] = ${value}`;
}
