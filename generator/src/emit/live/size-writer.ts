import type { Isolation } from "../../model/declaration.ts";
import type { LiveStep } from "../../model/live-types.ts";
import type {
  ArrayNode,
  MapNode,
  ObjectNode,
  Property,
  SetNode,
  TupleNode,
  TypeId,
  TypeIr,
  TypeNode,
} from "../../model/type-ir.ts";
import {
  constant,
  elseChain,
  indent,
  kindTest,
  type Lines,
  literalsOf,
  type RecordTest,
  variableName,
} from "../check-lines.ts";
import { allowsUndefined, isComplex, kindGroups, nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode, type LocalName, local, mentions, runtimeType, runtimeValue } from "../code.ts";
import { codeSpan, docstring } from "../docstring.ts";
import { stringLiteral } from "../literal.ts";
import { allOf, type CheckConstants, type Condition, misfitConditions } from "../misfit-condition.ts";
import { misfitOfKind, quickFirst } from "../part-order.ts";
import { EmittedTries, type EmittedTry } from "../tries.ts";
import { FunctionScope } from "../typed/function-scope.ts";
import type { TypedPlan } from "../typed/typed-plan.ts";

/** How values of a type are kept. */
export interface LiveForm {
  readonly step: LiveStep;
  readonly isolation: Isolation;
  /** What the type is called in the module. */
  readonly valueName: string;
}

// What V8 takes on 64 bits: three words for an object, a word for each slot, and two more for most numbers in it.
const objectBytes = 24;
const arrayBytes = 32;
const slotBytes = 8;
const numberBytes = 16;
const textBytes = 24;

const bytes = local("bytes");

/**
 * Writes the functions that measure values of one type, and find those that the serializer would refuse, or of which it
 * would give back something else.
 */
export class SizeWriter {
  readonly #ir: TypeIr;
  readonly #plan: TypedPlan;
  readonly #form: LiveForm;
  readonly #constants: CheckConstants;
  readonly #tries = new EmittedTries("triedSizes");
  /** Of the function that is being written. */
  #scope = new FunctionScope();
  /** What the block that is being written counts for, whatever the values are. */
  #fixedBytes = 0;

  constructor(ir: TypeIr, plan: TypedPlan, form: LiveForm, constants: CheckConstants) {
    this.#ir = ir;
    this.#plan = plan;
    this.#form = form;
    this.#constants = constants;
  }

  functionOf(id: TypeId): LocalName {
    return local(`size${this.#plan.names.get(id) ?? ""}`);
  }

  /** What the functions stand on, once they are written. */
  get tries(): readonly EmittedTry[] {
    return this.#tries.all;
  }

  /** What is tried of a value of one of these types; `undefined` where they do not lead back to themselves. */
  triesOf(ids: readonly TypeId[]): LocalName | undefined {
    if (!ids.some((id) => this.#plan.cyclic.has(id))) return undefined;
    return this.#tries.of(ids.map((id) => this.functionOf(id)));
  }

  /** The function of a type that has one. */
  sizeFunction(id: TypeId): Code {
    this.#scope = new FunctionScope();
    this.#fixedBytes = 0;
    const value = this.#scope.variable("value");
    const lines = this.#inPlace(id, value, false);
    const head = code`function ${this.functionOf(id)}(${value}: unknown): number {`;
    const fixed = this.#fixedBytes;
    const body = !mentions(lines, bytes)
      ? [...lines, `return ${fixed};`]
      : [code`let ${bytes} = ${String(fixed)};`, ...lines, code`return ${bytes};`];
    const { step, valueName } = this.#form;
    const comment =
      id === this.#ir.root
        ? `${docstring(`The bytes that an entry's ${codeSpan(valueName)} takes in memory; NaN where ${step} would refuse it or give back another one.`)}\n`
        : "";
    return joinCode([code`${comment}${head}`, ...indent(body), "}"], "\n");
  }

  #place(id: TypeId, value: Code, isOptional: boolean): Lines {
    if (!this.#plan.names.has(id)) return this.#inPlace(id, value, isOptional);
    const call = code`${bytes} += ${this.functionOf(id)}(${value});`;
    return [isOptional && !allowsUndefined(id, this.#ir.nodes) ? code`if (${value} !== undefined) ${call}` : call];
  }

  /** One of many: what is undefined there, JSON makes null of, or leaves out with its name. */
  #item(id: TypeId, value: Code): Lines {
    const isChanged = this.#form.step === "json" && allowsUndefined(id, this.#ir.nodes);
    return [...(isChanged ? [code`if (${value} === undefined) return NaN;`] : []), ...this.#place(id, value, false)];
  }

  #inPlace(id: TypeId, value: Code, isOptional: boolean): Lines {
    const { nodes } = this.#ir;
    const node = nodeOf(id, nodes);
    const mayBeAbsent = isOptional && !allowsUndefined(id, nodes);
    if (!isComplex(id, nodes)) return this.#simple(id, value, mayBeAbsent);
    if (node.kind === "union") return this.#union(node.members, node.tag, value, mayBeAbsent);
    if (!mayBeAbsent) return this.#parts(id, value);
    return [code`if (${value} !== undefined) {`, ...this.#block(() => this.#parts(id, value)), "}"];
  }

  /** A value without parts: what it is, and what its text takes. */
  #simple(id: TypeId, value: Code, mayBeAbsent: boolean): Lines {
    const misfit = this.#simpleMisfit([id], value, mayBeAbsent);
    return [code`if (${misfit}) return NaN;`, ...this.#bare([id], value), ...this.#leaf([id], value, mayBeAbsent)];
  }

  /** What is handed out itself must have nothing that the serializer passes over; a copy has none of it. */
  #bare(ids: readonly TypeId[], value: Code): Lines {
    const members = ids.flatMap((id) => membersOf(id, this.#ir.nodes));
    const isNeeded = members.some(({ node }) => ["builtin", "map", "set"].includes(node.kind));
    if (this.#form.isolation !== "share" || !isNeeded) return [];
    return [code`if (!${runtimeValue("isBare")}(${value})) return NaN;`];
  }

  #simpleMisfit(ids: readonly TypeId[], value: Code, mayBeAbsent: boolean): Code {
    const { nodes } = this.#ir;
    const members = ids.flatMap((id) => membersOf(id, nodes)).filter(({ id }) => !isComplex(id, nodes));
    const isZero = members.some(({ node }) => node.kind === "literal" && node.value === 0);
    const numbers = members.filter(({ node }) => node.kind === "number" || node.kind === "integer");
    const isOfJson = this.#form.step === "json" && numbers.length > 0;
    const others = members.flatMap(({ id }) => (isOfJson && numbers.some((each) => each.id === id) ? [] : id));
    const misfit = allOf([
      ...(mayBeAbsent ? [{ code: code`${value} !== undefined` }] : []),
      ...misfitConditions(others, value, nodes, this.#constants),
      ...(isOfJson ? numbers.map(({ node }) => jsonNumberMisfit(node.kind, value)) : []),
    ]);
    // Of a literal 0 nobody writes the sign.
    return isZero ? code`(${misfit}) || Object.is(${value}, -0)` : misfit;
  }

  /** What values without parts take beyond their slot. */
  #leaf(ids: readonly TypeId[], value: Code, mayBeAbsent: boolean): Lines {
    const { nodes } = this.#ir;
    const kinds = new Set(ids.flatMap((id) => membersOf(id, nodes).map(({ node }) => node.kind)));
    const isText = kinds.has("string") || kinds.has("template");
    if (!mayBeAbsent && kinds.size === 1 && isText) {
      this.#fixedBytes += textBytes;
      return [code`${bytes} += 2 * ${value}.length;`];
    }
    if (kinds.has("number") || kinds.has("integer")) this.#fixedBytes += numberBytes;
    const isLarger = isText || kinds.has("bigint") || kinds.has("bigint-literal") || kinds.has("builtin");
    return isLarger ? [code`${bytes} += ${runtimeValue("leafBytes")}(${value});`] : [];
  }

  #union(members: readonly TypeId[], tag: string | undefined, value: Code, mayBeAbsent: boolean): Lines {
    const { nodes } = this.#ir;
    const simple = members.filter((id) => !isComplex(id, nodes));
    const branches = kindGroups(members, nodes).map(([, ids]): Lines => {
      const test = kindTest(ids, nodes, value, this.#recordTest);
      return [code`if (${test}) {`, ...this.#block(() => this.#oneOf(ids, tag, value))];
    });
    if (simple.length === 0 && !mayBeAbsent) return [...elseChain(branches), "} else {", "  return NaN;", "}"];
    const refusal: Lines = [code`if (${this.#simpleMisfit(simple, value, mayBeAbsent)}) {`, "  return NaN;"];
    const leaf = this.#block(() => [...this.#bare(simple, value), ...this.#leaf(simple, value, mayBeAbsent)]);
    return [...elseChain([...branches, refusal]), ...(leaf.length === 0 ? ["}"] : ["} else {", ...leaf, "}"])];
  }

  /** Of a value that is of the kind of all of these types. */
  #oneOf(ids: readonly TypeId[], tag: string | undefined, value: Code): Lines {
    const [only, ...others] = ids;
    if (only === undefined) return [];
    if (others.length === 0)
      return this.#plan.names.has(only) ? this.#place(only, value, false) : this.#parts(only, value);
    if (tag !== undefined && nodeOf(only, this.#ir.nodes).kind === "object") return this.#tagged(ids, tag, value);
    const tries = this.triesOf(ids);
    if (tries !== undefined) return [code`${bytes} += ${tries}.first(${value});`];
    const fitting = this.#scope.variable("fitting");
    return [
      code`let ${fitting} = ${this.functionOf(only)}(${value});`,
      ...others.map((id) => code`if (Number.isNaN(${fitting})) ${fitting} = ${this.functionOf(id)}(${value});`),
      code`${bytes} += ${fitting};`,
    ];
  }

  #tagged(ids: readonly TypeId[], tag: string, value: Code): Lines {
    const { nodes } = this.#ir;
    const cases = ids.flatMap((id): Lines => {
      const labels = literalsOf(tagType(id, tag, nodes), nodes).map((label) => code`case ${label}:`);
      const [last] = labels.slice(-1);
      const lines = this.#block(() =>
        this.#plan.names.has(id) ? this.#place(id, value, false) : this.#parts(id, value),
      );
      return [...labels.slice(0, -1), code`${last ?? ""} {`, ...lines, "  break;", "}"];
    });
    return [code`switch (${value}[${stringLiteral(tag)}]) {`, ...indent([...cases, "default:", "  return NaN;"]), "}"];
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
      case "map":
        return this.#map(node, value, this.#bare([id], value));
      case "set":
        return this.#set(node, value, this.#bare([id], value));
      default:
        throw new Error(`There are no parts of ${node.kind}.`);
    }
  }

  #object(id: TypeId, { properties, indexes }: ObjectNode, value: Code): Lines {
    const { nodes } = this.#ir;
    this.#fixedBytes += objectBytes + slotBytes * properties.length;
    const [index] = indexes.filter(({ type }) => nodeOf(type, nodes).kind !== "never");
    if (index === undefined) return this.#named(id, properties, value);
    const named = this.#properties(id, properties, value);
    const [names, name] = [this.#scope.variable("names"), this.#scope.variable("name")];
    const item = this.#scope.variable("item");
    const declared = properties.map((property) => code`${name} === ${stringLiteral(property.name)}`);
    const lines = this.#block(() => {
      this.#fixedBytes += 4 * slotBytes;
      return [
        ...(declared.length === 0 ? [] : [code`if (${joinCode(declared, " || ")}) continue;`]),
        constant(item, code`${value}[${name}]`),
        code`${bytes} += 2 * ${name}.length;`,
        ...this.#item(index.type, item),
      ];
    });
    return [
      code`if (!${runtimeValue("isJsonRecord")}(${value})) return NaN;`,
      code`const ${names} = ${runtimeValue("plainNames")}(${value});`,
      code`if (${names} === undefined) return NaN;`,
      ...properties
        .filter((property) => !this.#mayBeAbsent(property))
        .map(({ name: own }) => code`if (!${runtimeValue("isOwn")}(${value}, ${stringLiteral(own)})) return NaN;`),
      ...named,
      code`for (const ${name} of ${names}) {`,
      ...lines,
      "}",
    ];
  }

  /** An object with these properties, and no others: those that may be absent are counted where they are there. */
  #named(id: TypeId, properties: readonly Property[], value: Code): Lines {
    const optional = properties.filter((property) => this.#mayBeAbsent(property));
    const required = String(properties.length - optional.length);
    if (optional.length === 0) {
      const named = this.#properties(id, properties, value);
      const prototype = code`(${value} as ${runtimeType("Fields")})?.["__proto__"]`;
      return [code`if (!${runtimeValue("isPlain")}(${value}, ${required}, [], ${prototype})) return NaN;`, ...named];
    }
    const count = this.#scope.variable("count");
    const names = optional.map(({ name }) => stringLiteral(name)).join(", ");
    // JSON leaves out what is undefined, which a shared value would still have.
    const absent = this.#isSharedJson ? "[]" : `[${names}]`;
    const head: Lines = [
      code`if (!${runtimeValue("isJsonRecord")}(${value})) return NaN;`,
      code`let ${count} = ${required};`,
    ];
    const hasNames = code`if (!${runtimeValue("hasNames")}(${value}, ${count}, ${absent}, ${value}["__proto__"])) return NaN;`;
    if (!this.#plan.retried.has(id)) return [...head, ...this.#properties(id, properties, value, count), hasNames];
    const present = optional.map(({ name }) => code`if (${value}[${stringLiteral(name)}] !== undefined) ${count}++;`);
    return [...head, ...present, hasNames, ...this.#properties(id, properties, value)];
  }

  get #recordTest(): RecordTest {
    return this.#form.step === "json" ? "isJsonRecord" : "isRecord";
  }

  get #isSharedJson(): boolean {
    return this.#form.step === "json" && this.#form.isolation === "share";
  }

  /** What JSON leaves out is as good as absent. */
  #mayBeAbsent({ type, isOptional }: Property): boolean {
    return isOptional || (this.#form.step === "json" && allowsUndefined(type, this.#ir.nodes));
  }

  #properties(id: TypeId, properties: readonly Property[], value: Code, count?: LocalName): Lines {
    const { nodes } = this.#ir;
    const ordered = quickFirst(properties, nodes, this.#plan);
    const [first, ...later] = ordered.filter(({ type }) => isComplex(type, nodes));
    const sights = this.#plan.retried.has(id) ? later.flatMap((property) => this.#atSight(property, value)) : [];
    return ordered.flatMap((property) => {
      const lines = this.#property(property, value, count);
      return property === first ? [...sights, ...lines] : lines;
    });
  }

  /** What shows of a property before another one is looked into. */
  #atSight(property: Property, value: Code): Lines {
    if (this.#mayBeAbsent(property)) return [];
    const read = code`${value}[${stringLiteral(property.name)}]`;
    const misfit = misfitOfKind(property.type, read, this.#ir.nodes, this.#recordTest);
    return misfit === undefined ? [] : [code`if (${misfit}) return NaN;`];
  }

  /** @param count - of those that are there, where it is kept; else each may be there or not */
  #property(property: Property, value: Code, count?: LocalName): Lines {
    const { name, type } = property;
    const part = this.#scope.variable(partName(name));
    const read = constant(part, code`${value}[${stringLiteral(name)}]`);
    const own = code`${runtimeValue("isOwn")}(${value}, ${stringLiteral(name)})`;
    const mayBeAbsent = this.#mayBeAbsent(property);
    if (!mayBeAbsent) {
      // Where another name is there instead, the number of names does not tell.
      const mayHide = allowsUndefined(type, this.#ir.nodes);
      const test = mayHide ? [code`if (${part} === undefined && !${own}) return NaN;`] : [];
      return [read, ...test, ...this.#place(type, part, false)];
    }
    if (count !== undefined) {
      const lines = this.#block(() => [code`${count}++;`, ...this.#place(type, part, false)]);
      return [read, code`if (${part} !== undefined) {`, ...lines, "}"];
    }
    const lines = this.#place(type, part, true);
    if (!this.#isSharedJson) return [read, ...lines];
    return [read, code`if (${part} === undefined && ${own}) return NaN;`, ...lines];
  }

  #array({ items }: ArrayNode, value: Code): Lines {
    this.#fixedBytes += arrayBytes;
    return [
      code`if (!${this.#listTest([items])}(${value})) return NaN;`,
      code`${bytes} += ${String(slotBytes)} * ${value}.length;`,
      ...this.#each(items, value, "0", code`${value}.length`),
    ];
  }

  /** Where an item may be undefined, a hole would pass for one, which the serializer fills. */
  #listTest(items: readonly TypeId[]): Code {
    const mayHaveHoles = this.#form.step === "typed" && items.some((id) => allowsUndefined(id, this.#ir.nodes));
    return runtimeValue(mayHaveHoles ? "isDense" : "isList");
  }

  #each(items: TypeId, list: Code, from: string, to: Code): Lines {
    const [index, item] = [this.#scope.variable("index"), this.#scope.variable("item")];
    const lines = this.#block(() => [constant(item, code`${list}[${index}]`), ...this.#item(items, item)]);
    return [code`for (let ${index} = ${from}; ${index} < ${to}; ${index}++) {`, ...lines, "}"];
  }

  #tuple({ elements }: TupleNode, value: Code): Lines {
    const rest = elements.findIndex(({ presence }) => presence === "rest");
    const least = elements.filter(({ presence }) => presence === "required").length;
    this.#fixedBytes += arrayBytes;
    const after = rest < 0 ? 0 : elements.length - rest - 1;
    const placed = elements.map((element, index) => ({ ...element, index }));
    const lines = quickFirst(placed, this.#ir.nodes, this.#plan).flatMap(({ type, presence, index }): Lines => {
      if (presence === "rest") {
        const end = after === 0 ? code`${value}.length` : code`${value}.length - ${String(after)}`;
        return this.#each(type, value, String(index), end);
      }
      const item = this.#scope.variable("item");
      const at = rest >= 0 && index > rest ? code`${value}.length - ${String(elements.length - index)}` : String(index);
      const read = constant(item, code`${value}[${at}]`);
      if (presence === "required") return [read, ...this.#item(type, item)];
      const isJson = this.#form.step === "json";
      const within = this.#block(() => [read, ...(isJson ? this.#item(type, item) : this.#place(type, item, true))]);
      return [code`if (${value}.length > ${String(index)}) {`, ...within, "}"];
    });
    const most = rest < 0 ? [code`${value}.length > ${String(elements.length)}`] : [];
    const isList = elements.some(({ presence }) => presence === "optional")
      ? runtimeValue("isDense")
      : this.#listTest(elements.map(({ type }) => type));
    const sizes = [code`!${isList}(${value})`, code`${value}.length < ${String(least)}`, ...most];
    return [
      code`if (${joinCode(sizes, " || ")}) return NaN;`,
      code`${bytes} += ${String(slotBytes)} * ${value}.length;`,
      ...lines,
    ];
  }

  #map({ keys, values }: MapNode, value: Code, bare: Lines): Lines {
    const [key, item] = [this.#scope.variable("key"), this.#scope.variable("item")];
    this.#fixedBytes += 4 * arrayBytes;
    const lines = this.#block(() => {
      this.#fixedBytes += 5 * slotBytes;
      return [...this.#place(keys, key, false), ...this.#place(values, item, false)];
    });
    return [
      code`if (!${runtimeValue("isMap")}(${value})) return NaN;`,
      ...bare,
      code`for (const [${key}, ${item}] of ${value}) {`,
      ...lines,
      "}",
    ];
  }

  #set({ items }: SetNode, value: Code, bare: Lines): Lines {
    const item = this.#scope.variable("item");
    this.#fixedBytes += 4 * arrayBytes;
    const lines = this.#block(() => {
      this.#fixedBytes += 4 * slotBytes;
      return this.#place(items, item, false);
    });
    return [
      code`if (!${runtimeValue("isSet")}(${value})) return NaN;`,
      ...bare,
      code`for (const ${item} of ${value}) {`,
      ...lines,
      "}",
    ];
  }

  /** Lines within braces, which count for themselves what they count for each time. */
  #block(write: () => Lines): Lines {
    const outer = this.#fixedBytes;
    this.#fixedBytes = 0;
    const lines = write();
    const own = this.#fixedBytes;
    this.#fixedBytes = outer;
    return indent([...(own === 0 ? [] : [code`${bytes} += ${String(own)};`]), ...lines]);
  }
}

/** What a property's value is called: no variable may hide a function. */
export function partName(name: string): string {
  return /^(?:size|copy|tried)/.test(name) ? "fieldValue" : variableName(name);
}

/** The property's type that tells an object from the others of its union. */
export function tagType(id: TypeId, tag: string, nodes: readonly TypeNode[]): TypeId {
  const node = nodeOf(id, nodes);
  const found = node.kind === "object" ? node.properties.find(({ name }) => name === tag) : undefined;
  if (found === undefined) throw new Error(`The type ${id} has no ${tag}.`);
  return found.type;
}

/** What is true of a value that is no number, or none that JSON gives back. */
function jsonNumberMisfit(kind: TypeNode["kind"], value: Code): Condition {
  const misfit = code`!${runtimeValue("isJsonNumber")}(${value})`;
  return kind === "integer"
    ? { code: code`!Number.isInteger(${value}) || ${misfit}`, isLoose: true }
    : { code: misfit };
}

function membersOf(
  id: TypeId,
  nodes: readonly TypeNode[],
): readonly { readonly id: TypeId; readonly node: TypeNode }[] {
  const node = nodeOf(id, nodes);
  return (node.kind === "union" ? node.members : [id]).map((member) => ({ id: member, node: nodeOf(member, nodes) }));
}
