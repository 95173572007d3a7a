import type {
  ArrayNode,
  MapNode,
  ObjectNode,
  Property,
  SetNode,
  TupleNode,
  TypeId,
  TypeIr,
} from "../../model/type-ir.ts";
import { indent, kindTest, type Lines, literalsOf } from "../check-lines.ts";
import { allowsUndefined, isComplex, kindGroups, nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode, type LocalName, local, mentions, runtimeType, runtimeValue } from "../code.ts";
import { codeSpan, docstring } from "../docstring.ts";
import { stringLiteral } from "../literal.ts";
import type { Field, ObjectMakers } from "../object-makers.ts";
import { FunctionScope } from "../typed/function-scope.ts";
import type { TypedPlan } from "../typed/typed-plan.ts";
import { type LiveForm, partName, type SizeWriter, tagType } from "./size-writer.ts";

/** What gives a copy, and the lines that have to run before. */
interface Copied {
  readonly lines: Lines;
  readonly value: Code;
}

/** Writes the functions that copy values of one type, of which the size is known: so they are of the type, exactly. */
export class CopyWriter {
  readonly #ir: TypeIr;
  readonly #plan: TypedPlan;
  readonly #form: LiveForm;
  readonly #sizes: SizeWriter;
  readonly #makers: ObjectMakers;
  /** Of the function that is being written. */
  #scope = new FunctionScope();

  /** @param sizes - tells of which type a value is, where only trying does */
  constructor(ir: TypeIr, plan: TypedPlan, form: LiveForm, sizes: SizeWriter, makers: ObjectMakers) {
    this.#ir = ir;
    this.#plan = plan;
    this.#form = form;
    this.#sizes = sizes;
    this.#makers = makers;
  }

  functionOf(id: TypeId): LocalName {
    return local(`copy${this.#plan.names.get(id) ?? ""}`);
  }

  /** Whether its values can be changed, so that one is not enough for all. */
  isCopied(id: TypeId): boolean {
    const { nodes } = this.#ir;
    const node = nodeOf(id, nodes);
    return node.kind === "union"
      ? node.members.some((member) => this.isCopied(member))
      : node.kind === "builtin" || isComplex(id, nodes);
  }

  /** The function of a type that has one. */
  copyFunction(id: TypeId): Code {
    this.#scope = new FunctionScope();
    const value = this.#scope.variable("value");
    const { lines, value: copy } = this.#inPlace(id, value, "");
    const { isolation, valueName } = this.#form;
    const what = isolation === "freeze" ? "A frozen copy" : "A copy";
    const comment =
      id === this.#ir.root
        ? `${docstring(`${what} of an entry's ${codeSpan(valueName)}, which shares nothing with it that can be changed.`)}\n`
        : "";
    // Of an object without fields there is nothing to read.
    const parameter = mentions([lines, copy], value) ? value : "_value";
    const head = code`${comment}function ${this.functionOf(id)}(${parameter}: unknown): unknown {`;
    return joinCode([head, ...indent([...lines, code`return ${copy};`]), "}"], "\n");
  }

  /** @param name - of the property or item, for what its copy is called */
  #copy(id: TypeId, read: Code, name: string): Copied {
    if (!this.isCopied(id)) return { lines: [], value: read };
    if (this.#plan.names.has(id)) return { lines: [], value: code`${this.functionOf(id)}(${read})` };
    return this.#inPlace(id, read, name);
  }

  #inPlace(id: TypeId, read: Code, name: string): Copied {
    const node = nodeOf(id, this.#ir.nodes);
    switch (node.kind) {
      case "object":
        return this.#object(node, read, name);
      case "array":
        return this.#array(node, read, name);
      case "tuple":
        return this.#tuple(node, read, name);
      case "map":
        return this.#map(node, read, name);
      case "set":
        return this.#set(node, read, name);
      case "builtin":
        if (node.name === "Date") return { lines: [], value: code`new Date((${read} as Date).getTime())` };
        return { lines: [], value: code`new ${node.name}(${read} as ${node.name})` };
      case "union":
        return this.#union(node.members, node.tag, read, name);
      default:
        return { lines: [], value: read };
    }
  }

  #frozen(copy: Code): Code {
    return this.#form.isolation === "freeze" ? code`Object.freeze(${copy})` : copy;
  }

  #object({ name: typeName, properties, indexes }: ObjectNode, read: Code, of: string): Copied {
    const { nodes } = this.#ir;
    const [index] = indexes.filter(({ type }) => nodeOf(type, nodes).kind !== "never");
    // Where something may be there and be undefined, JSON leaves it out.
    const isWhole = this.#form.step === "typed" || !properties.some((property) => this.#mayBeAbsent(property));
    const isFlat = [...properties, ...indexes].every(({ type }) => !this.isCopied(type));
    if (index !== undefined && isWhole && isFlat) {
      const copy = this.#variable(of, "copy");
      const line = code`const ${copy}: Record<string, unknown> = { ...(${read} as ${runtimeType("Fields")}) };`;
      return { lines: [line], value: this.#frozen(copy) };
    }
    const fields = this.#variable(of, "fields");
    const head = code`const ${fields} = ${read} as ${runtimeType("Fields")};`;
    const always = properties.filter((property) => !this.#mayBeAbsent(property));
    const before: Code[] = [];
    const made = always.map(({ name, type }): Field => {
      const part = this.#copy(type, code`${fields}[${stringLiteral(name)}]`, name);
      before.push(...part.lines);
      return { name, value: part.value };
    });
    const sometimes = properties.filter((property) => this.#mayBeAbsent(property));
    const copy = this.#variable(of, "copy");
    const [open = "", ...rest] = this.#makers.makeInLines(typeName ?? (of === "" ? "value" : of), made);
    const start = code`const ${copy}: Record<string, unknown> = ${open}`;
    const last = rest.at(-1);
    const making: Lines = last === undefined ? [code`${start};`] : [start, ...rest.slice(0, -1), code`${last};`];
    const later = sometimes.flatMap((property) => this.#sometimes(property, fields, copy));
    const listed = index === undefined ? [] : this.#listed(properties, index.type, fields, copy);
    const body: Lines = [...before, ...making, ...later, ...listed];
    return { lines: mentions(body, fields) ? [head, ...body] : body, value: this.#frozen(copy) };
  }

  /** What JSON leaves out is as good as absent. */
  #mayBeAbsent({ type, isOptional }: Property): boolean {
    return isOptional || (this.#form.step === "json" && allowsUndefined(type, this.#ir.nodes));
  }

  #sometimes({ name, type }: Property, fields: Code, copy: Code): Lines {
    const field = code`${fields}[${stringLiteral(name)}]`;
    const target = code`${copy}[${stringLiteral(name)}]`;
    const isJson = this.#form.step === "json";
    const own = code`${runtimeValue("isOwn")}(${fields}, ${stringLiteral(name)})`;
    const part = this.#scope.variable(partName(name));
    const { lines, value } = this.#copy(type, part, name);
    const isThere = isJson ? code`${part} !== undefined` : own;
    const read = code`const ${part} = ${field};`;
    if (!this.isCopied(type)) return [read, code`if (${isThere}) ${target} = ${value};`];
    return [
      read,
      code`if (${part} !== undefined) {`,
      ...indent([...lines, code`${target} = ${value};`]),
      // It may be there, and be undefined.
      ...(isJson ? ["}"] : [code`} else if (${own}) {`, code`  ${target} = undefined;`, "}"]),
    ];
  }

  #listed(properties: readonly Property[], type: TypeId, fields: Code, copy: Code): Lines {
    const name = this.#scope.variable("name");
    const { lines, value } = this.#copy(type, code`${fields}[${name}]`, "item");
    const declared = properties.map((property) => code`${name} === ${stringLiteral(property.name)}`);
    return [
      code`for (const ${name} of Object.keys(${fields})) {`,
      ...indent([
        ...(declared.length === 0 ? [] : [code`if (${joinCode(declared, " || ")}) continue;`]),
        ...lines,
        code`${copy}[${name}] = ${value};`,
      ]),
      "}",
    ];
  }

  #array({ items }: ArrayNode, read: Code, of: string): Copied {
    const list = code`${read} as unknown[]`;
    if (!this.isCopied(items)) return { lines: [], value: this.#frozen(code`(${list}).slice()`) };
    const item = this.#scope.variable("item");
    const { lines, value } = this.#copy(items, item, "item");
    if (lines.length === 0) return { lines, value: this.#frozen(code`(${list}).map((${item}) => ${value})`) };
    const [copy, index] = [this.#variable(of, "copy"), this.#scope.variable("index")];
    return {
      lines: [
        code`const ${copy} = (${list}).slice();`,
        code`for (let ${index} = 0; ${index} < ${copy}.length; ${index}++) {`,
        ...indent([code`const ${item} = ${copy}[${index}];`, ...lines, code`${copy}[${index}] = ${value};`]),
        "}",
      ],
      value: this.#frozen(copy),
    };
  }

  #tuple({ elements }: TupleNode, read: Code, of: string): Copied {
    const copied = elements.some(({ type }) => this.isCopied(type));
    const slice = code`(${read} as unknown[]).slice()`;
    if (!copied) return { lines: [], value: this.#frozen(slice) };
    const copy = this.#variable(of, "copy");
    const rest = elements.findIndex(({ presence }) => presence === "rest");
    const after = rest < 0 ? 0 : elements.length - rest - 1;
    const lines = elements.flatMap(({ type, presence }, index): Lines => {
      if (!this.isCopied(type)) return [];
      if (presence === "rest") {
        const at = this.#scope.variable("index");
        const part = this.#copy(type, code`${copy}[${at}]`, "item");
        const end = after === 0 ? code`${copy}.length` : code`${copy}.length - ${String(after)}`;
        return [
          code`for (let ${at} = ${String(index)}; ${at} < ${end}; ${at}++) {`,
          ...indent([...part.lines, code`${copy}[${at}] = ${part.value};`]),
          "}",
        ];
      }
      const at = rest >= 0 && index > rest ? code`${copy}.length - ${String(elements.length - index)}` : String(index);
      const element = code`${copy}[${at}]`;
      const part = this.#copy(type, element, "item");
      const set = [...part.lines, code`${element} = ${part.value};`];
      return presence === "required" ? set : [code`if (${element} !== undefined) {`, ...indent(set), "}"];
    });
    return { lines: [code`const ${copy} = ${slice};`, ...lines], value: this.#frozen(copy) };
  }

  #map({ keys, values }: MapNode, read: Code, of: string): Copied {
    const map = code`${read} as ReadonlyMap<unknown, unknown>`;
    if (!this.isCopied(keys) && !this.isCopied(values)) return { lines: [], value: code`new Map(${map})` };
    const copy = this.#variable(of, "copy");
    const [key, item] = [this.#scope.variable("key"), this.#scope.variable("item")];
    const [copiedKey, copiedItem] = [this.#copy(keys, key, "key"), this.#copy(values, item, "item")];
    const set = code`${copy}.set(${copiedKey.value}, ${copiedItem.value});`;
    return {
      lines: [
        code`const ${copy} = new Map<unknown, unknown>();`,
        code`for (const [${key}, ${item}] of ${map}) {`,
        ...indent([...copiedKey.lines, ...copiedItem.lines, set]),
        "}",
      ],
      value: copy,
    };
  }

  #set({ items }: SetNode, read: Code, of: string): Copied {
    const set = code`${read} as ReadonlySet<unknown>`;
    if (!this.isCopied(items)) return { lines: [], value: code`new Set(${set})` };
    const [copy, item] = [this.#variable(of, "copy"), this.#scope.variable("item")];
    const { lines, value } = this.#copy(items, item, "item");
    return {
      lines: [
        code`const ${copy} = new Set<unknown>();`,
        code`for (const ${item} of ${set}) {`,
        ...indent([...lines, code`${copy}.add(${value});`]),
        "}",
      ],
      value: copy,
    };
  }

  #union(members: readonly TypeId[], tag: string | undefined, read: Code, of: string): Copied {
    const { nodes } = this.#ir;
    const copied = this.#variable(of, "copied");
    const recordTest = this.#form.step === "json" ? "isJsonRecord" : "isRecord";
    const complex = kindGroups(members, nodes).map(([, ids]) => ({
      test: kindTest(ids, nodes, copied, recordTest),
      lines: this.#oneOf(ids, tag, copied, of),
    }));
    const builtins = members.flatMap((member) => {
      const node = nodeOf(member, nodes);
      if (node.kind !== "builtin") return [];
      const test = code`${runtimeValue("isBuiltin")}(${copied}, ${stringLiteral(node.name)})`;
      return [{ test, lines: this.#assign(this.#inPlace(member, copied, of), copied) }];
    });
    const chain = [...complex, ...builtins].flatMap(
      ({ test, lines }, index): Lines => [code`${index === 0 ? "" : "} else "}if (${test}) {`, ...indent(lines)],
    );
    return { lines: [code`let ${copied}: unknown = ${read};`, ...chain, "}"], value: copied };
  }

  /** `fields`, or `authorFields` of a property `author`. */
  #variable(of: string, stem: string): LocalName {
    const isUsable = /^[A-Za-z_$][\w$]*$/.test(of) && !/^(?:size|copy|item$|key$)/.test(of);
    return this.#scope.variable(isUsable ? `${of}${stem.charAt(0).toUpperCase()}${stem.slice(1)}` : stem);
  }

  #assign({ lines, value }: Copied, target: Code): Lines {
    return [...lines, code`${target} = ${value};`];
  }

  /** Of a value that is of the kind of all of these types. */
  #oneOf(ids: readonly TypeId[], tag: string | undefined, copied: Code, of: string): Lines {
    const [only, ...others] = ids;
    if (only === undefined) return [];
    if (others.length === 0) return this.#assign(this.#copy(only, copied, of), copied);
    const { nodes } = this.#ir;
    if (tag !== undefined && nodeOf(only, nodes).kind === "object") {
      const cases = ids.flatMap((id): Lines => {
        const labels = literalsOf(tagType(id, tag, nodes), nodes).map((label) => code`case ${label}:`);
        const [last] = labels.slice(-1);
        const lines = this.#assign(this.#copy(id, copied, of), copied);
        return [...labels.slice(0, -1), code`${last ?? ""} {`, ...indent(lines), "  break;", "}"];
      });
      return [code`switch ((${copied} as ${runtimeType("Fields")})[${stringLiteral(tag)}]) {`, ...indent(cases), "}"];
    }
    const tries = this.#sizes.triesOf(ids);
    if (tries !== undefined) {
      const cases = ids.flatMap((id, index): Lines => {
        const label = index === ids.length - 1 ? "default:" : `case ${index}:`;
        return [label, code`  ${copied} = ${this.functionOf(id)}(${copied});`, "  break;"];
      });
      return [code`switch (${tries}.index(${copied})) {`, ...indent(cases.slice(0, -1)), "}"];
    }
    const last = ids[ids.length - 1] ?? only;
    const choice = ids
      .slice(0, -1)
      .reduceRight<Code>(
        (rest, id) =>
          code`!Number.isNaN(${this.#sizes.functionOf(id)}(${copied})) ? ${this.functionOf(id)}(${copied}) : ${rest}`,
        code`${this.functionOf(last)}(${copied})`,
      );
    return [code`${copied} = ${choice};`];
  }
}
