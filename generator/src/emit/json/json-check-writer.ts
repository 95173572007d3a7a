import type { ArrayNode, ObjectNode, Property, TupleNode, TypeId, TypeIr, TypeNode } from "../../model/type-ir.ts";
import { constant, elseChain, indent, kindTest, type Lines, literalsOf, variableName } from "../check-lines.ts";
import { allowsUndefined, isComplex, kindGroups, nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode, type LocalName, local, runtimeValue } from "../code.ts";
import { codeSpan, docstring } from "../docstring.ts";
import { stringLiteral } from "../literal.ts";
import { tagType } from "../live/size-writer.ts";
import { misfitOfKind, quickFirst } from "../part-order.ts";
import { EmittedTries, type EmittedTry } from "../tries.ts";
import { FunctionScope } from "../typed/function-scope.ts";
import type { TypedPlan } from "../typed/typed-plan.ts";

/**
 * Writes the functions that say of a value of one type that JSON surely keeps it. Each is right of any value at all: the
 * type only tells where to look. So a text needs to be a text, and not the one that its type asks for.
 */
export class JsonCheckWriter {
  readonly #ir: TypeIr;
  readonly #plan: TypedPlan;
  readonly #valueName: string;
  readonly #tries = new EmittedTries("triedJson");
  /** Of the function that is being written. */
  #scope = new FunctionScope();

  constructor(ir: TypeIr, plan: TypedPlan, valueName: string) {
    this.#ir = ir;
    this.#plan = plan;
    this.#valueName = valueName;
  }

  /** What the functions stand on, once they are written. */
  get tries(): readonly EmittedTry[] {
    return this.#tries.all;
  }

  functionOf(id: TypeId): LocalName {
    return local(`jsonKeeps${this.#plan.names.get(id) ?? ""}`);
  }

  /** The function of a type that has one. */
  checkFunction(id: TypeId): Code {
    this.#scope = new FunctionScope();
    const value = this.#scope.variable("value");
    const lines = this.#inPlace(id, value);
    const about = `Whether JSON surely keeps an entry's ${codeSpan(this.#valueName)}; others are looked at more closely.`;
    const comment = id === this.#ir.root ? `${docstring(about)}\n` : "";
    const head = code`${comment}function ${this.functionOf(id)}(${value}: unknown): boolean {`;
    return joinCode([head, ...indent([...lines, "return true;"]), "}"], "\n");
  }

  /** Lines that answer no where it is not sure of the value, and of `undefined` it never is. */
  #check(id: TypeId, value: Code): Lines {
    return this.#plan.names.has(id) ? [this.#unless(this.#call(id, value))] : this.#inPlace(id, value);
  }

  #call(id: TypeId, value: Code): Code {
    return code`${this.functionOf(id)}(${value})`;
  }

  #unless(condition: Code): Code {
    return code`if (!${condition}) return false;`;
  }

  #inPlace(id: TypeId, value: Code): Lines {
    const { nodes } = this.#ir;
    const node = nodeOf(id, nodes);
    if (node.kind === "union" && isComplex(id, nodes)) return this.#union(node.members, node.tag, value);
    if (!isComplex(id, nodes)) return [code`if (${this.#leafMisfit([id], value)}) return false;`];
    const test = node.kind === "object" ? kindTest([id], nodes, value, "isJsonRecord") : undefined;
    return [...(test === undefined ? [] : [this.#unless(test)]), ...this.#parts(id, value)];
  }

  /** What is true of a value that is of none of these types, which have no parts. */
  #leafMisfit(ids: readonly TypeId[], value: Code): Code {
    const { nodes } = this.#ir;
    const members = ids.flatMap((id) => {
      const node = nodeOf(id, nodes);
      return node.kind === "union" ? node.members.map((member) => nodeOf(member, nodes)) : [node];
    });
    const tests = new Set(members.filter(({ kind }) => kind !== "undefined").map(leafTest));
    if (tests.has("other") || tests.size === 0) return code`!${this.#isSurely(value)}`;
    return joinCode(
      [...tests].map((test) => leafMisfit(test, value)),
      " && ",
    );
  }

  #parts(id: TypeId, value: Code): Lines {
    const node = nodeOf(id, this.#ir.nodes);
    switch (node.kind) {
      case "object":
        return this.#object(id, node, value);
      case "array":
        return this.#array(node, value);
      case "tuple":
        return this.#tuple(node, value);
      default:
        // Nothing that JSON carries, unless it is allowed by name.
        return [this.#unless(this.#isSurely(value))];
    }
  }

  /** For what no code is written. */
  #isSurely(value: Code): Code {
    return code`${runtimeValue("isSurelyJson")}(${value})`;
  }

  #object(id: TypeId, { properties, indexes }: ObjectNode, value: Code): Lines {
    const [index, ...others] = indexes.filter(({ type }) => nodeOf(type, this.#ir.nodes).kind !== "never");
    const isNamedByText = index === undefined || nodeOf(index.key, this.#ir.nodes).kind === "string";
    // What every object inherits under the name would pass for a property.
    const isInherited = properties.some(({ name }) => name in Object.prototype);
    if (others.length > 0 || !isNamedByText || isInherited) return [this.#unless(this.#isSurely(value))];
    if (index !== undefined) return this.#record(id, properties, index.type, value);
    const absent = properties.filter((property) => this.#mayBeAbsent(property));
    const required = String(properties.length - absent.length);
    const isPlain = runtimeValue("isPlainJson");
    if (absent.length === 0) {
      const lines = this.#properties(id, properties, value, []);
      return [this.#unless(code`${isPlain}(${value}, ${required}, [], ${value}["__proto__"])`), ...lines];
    }
    const count = this.#scope.variable("count");
    const names = absent.map(({ name }) => stringLiteral(name)).join(", ");
    const head = code`let ${count} = ${required};`;
    const hasNames = this.#unless(code`${isPlain}(${value}, ${count}, [${names}], ${value}["__proto__"])`);
    if (!this.#plan.retried.has(id)) {
      return [head, ...this.#properties(id, properties, value, [code`${count}++;`]), hasNames];
    }
    const present = absent.map(({ name }) => code`if (${value}[${stringLiteral(name)}] !== undefined) ${count}++;`);
    return [head, ...present, hasNames, ...this.#properties(id, properties, value, [])];
  }

  /** What is undefined, JSON leaves out, as if it were absent. */
  #mayBeAbsent({ type, isOptional }: Property): boolean {
    return isOptional || allowsUndefined(type, this.#ir.nodes);
  }

  #properties(id: TypeId, properties: readonly Property[], value: Code, counted: Lines): Lines {
    const { nodes } = this.#ir;
    const ordered = quickFirst(properties, nodes, this.#plan);
    const [first, ...later] = ordered.filter(({ type }) => isComplex(type, nodes));
    const sights = this.#plan.retried.has(id) ? later.flatMap((property) => this.#atSight(property, value)) : [];
    return ordered.flatMap((property) => {
      const lines = this.#property(property, value, counted);
      return property === first ? [...sights, ...lines] : lines;
    });
  }

  /** What shows of a property before another one is looked into. */
  #atSight(property: Property, value: Code): Lines {
    if (this.#mayBeAbsent(property)) return [];
    const read = code`${value}[${stringLiteral(property.name)}]`;
    const misfit = misfitOfKind(property.type, read, this.#ir.nodes, "isJsonRecord");
    return misfit === undefined ? [] : [code`if (${misfit}) return false;`];
  }

  /** @param counted - what is done where one that may be absent is there */
  #property(property: Property, value: Code, counted: Lines): Lines {
    const { name, type } = property;
    const part = this.#scope.variable(/^(?:jsonKeeps|tried)/.test(name) ? "fieldValue" : variableName(name));
    const read = constant(part, code`${value}[${stringLiteral(name)}]`);
    if (!this.#mayBeAbsent(property)) return [read, ...this.#check(type, part)];
    const lines = [...counted, ...this.#check(type, part)];
    return [read, code`if (${part} !== undefined) {`, ...indent(lines), "}"];
  }

  #record(id: TypeId, properties: readonly Property[], type: TypeId, value: Code): Lines {
    const [names, name] = [this.#scope.variable("names"), this.#scope.variable("name")];
    const item = this.#scope.variable("item");
    const declared = properties.map((property) => code`${name} === ${stringLiteral(property.name)}`);
    return [
      code`const ${names} = ${runtimeValue("plainJsonNames")}(${value});`,
      code`if (${names} === undefined) return false;`,
      ...this.#properties(id, properties, value, []),
      code`for (const ${name} of ${names}) {`,
      ...indent([
        ...(declared.length === 0 ? [] : [code`if (${joinCode(declared, " || ")}) continue;`]),
        constant(item, code`${value}[${name}]`),
        code`if (${item} === undefined) continue;`,
        ...this.#check(type, item),
      ]),
      "}",
    ];
  }

  #array({ items }: ArrayNode, value: Code): Lines {
    return [this.#unless(code`${runtimeValue("isPlainJsonArray")}(${value})`), ...this.#each(items, value, 0)];
  }

  #each(items: TypeId, list: Code, from: number): Lines {
    const [index, item] = [this.#scope.variable("index"), this.#scope.variable("item")];
    return [
      // Twice as fast as over the items themselves.
      code`for (let ${index} = ${String(from)}; ${index} < ${list}.length; ${index}++) {`,
      ...indent([constant(item, code`${list}[${index}]`), ...this.#check(items, item)]),
      "}",
    ];
  }

  #tuple({ elements }: TupleNode, value: Code): Lines {
    const rest = elements.findIndex(({ presence }) => presence === "rest");
    const isTailed = rest >= 0 && rest < elements.length - 1;
    if (isTailed) return [this.#unless(this.#isSurely(value))];
    const placed = elements.map((element, position) => ({ ...element, position }));
    const tooMany = rest < 0 ? [code`if (${value}.length > ${String(elements.length)}) return false;`] : [];
    const lines = quickFirst(placed, this.#ir.nodes, this.#plan).flatMap(({ type, presence, position }): Lines => {
      if (presence === "rest") return this.#each(type, value, position);
      const item = this.#scope.variable("item");
      const one = [constant(item, code`${value}[${String(position)}]`), ...this.#check(type, item)];
      return presence === "required" ? one : [code`if (${value}.length > ${String(position)}) {`, ...indent(one), "}"];
    });
    return [this.#unless(code`${runtimeValue("isPlainJsonArray")}(${value})`), ...tooMany, ...lines];
  }

  #union(members: readonly TypeId[], tag: string | undefined, value: Code): Lines {
    const { nodes } = this.#ir;
    const simple = members.filter((id) => !isComplex(id, nodes));
    const branches = kindGroups(members, nodes).map(([, ids]): Lines => {
      const test = kindTest(ids, nodes, value, "isJsonRecord");
      return [code`if (${test}) {`, ...indent(this.#oneOf(ids, tag, value))];
    });
    const leaf = simple.length === 0 ? "{" : code`if (${this.#leafMisfit(simple, value)}) {`;
    return [...elseChain([...branches, [leaf, "  return false;"]]), "}"];
  }

  /** Of a value that is of the kind of all of these types. */
  #oneOf(ids: readonly TypeId[], tag: string | undefined, value: Code): Lines {
    const [only, ...others] = ids;
    if (only === undefined) return [];
    if (others.length === 0) return this.#plan.names.has(only) ? this.#check(only, value) : this.#parts(only, value);
    if (tag !== undefined && nodeOf(only, this.#ir.nodes).kind === "object") return this.#tagged(ids, tag, value);
    if (ids.some((id) => this.#plan.cyclic.has(id))) {
      const members = ids.map((id) => this.functionOf(id));
      return [this.#unless(code`${this.#tries.of(members)}.first(${value})`)];
    }
    const none = ids.map((id) => code`!${this.#call(id, value)}`);
    return [code`if (${joinCode(none, " && ")}) return false;`];
  }

  #tagged(ids: readonly TypeId[], tag: string, value: Code): Lines {
    const { nodes } = this.#ir;
    const cases = ids.flatMap((id): Lines => {
      const labels = literalsOf(tagType(id, tag, nodes), nodes).map((label) => code`case ${label}:`);
      const [last] = labels.slice(-1);
      const lines = this.#plan.names.has(id) ? this.#check(id, value) : this.#parts(id, value);
      return [...labels.slice(0, -1), code`${last ?? ""} {`, ...indent([...lines, "break;"]), "}"];
    });
    return [
      code`switch (${value}[${stringLiteral(tag)}]) {`,
      ...indent([...cases, "default:", "  return false;"]),
      "}",
    ];
  }
}

type LeafTest = "string" | "boolean" | "number" | "null" | "other";

/** What is asked of a value without parts. */
function leafTest(node: TypeNode): LeafTest {
  switch (node.kind) {
    case "string":
    case "template":
      return "string";
    case "number":
    case "integer":
      return "number";
    case "literal":
      return typeof node.value === "string" ? "string" : typeof node.value === "number" ? "number" : "boolean";
    case "boolean":
    case "null":
      return node.kind;
    default:
      return "other";
  }
}

function leafMisfit(test: LeafTest, value: Code): Code {
  if (test === "number") return code`!Number.isFinite(${value})`;
  return test === "null" ? code`${value} !== null` : code`typeof ${value} !== "${test}"`;
}
