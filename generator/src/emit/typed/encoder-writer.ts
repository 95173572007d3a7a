import type { ArrayNode, MapNode, ObjectNode, SetNode, TupleNode, TypeId, TypeIr } from "../../model/type-ir.ts";
import { propertyStep } from "../../model/type-parts.ts";
import { constant, indent, kindTest, type Lines, literalsOf, variableName } from "../check-lines.ts";
import { type CheckPath, indexStep, nameStep, pathCode } from "../check-path.ts";
import { isComplex, kindGroups, nodeOf } from "../checked-type.ts";
import { type Code, code, joinCode, type LocalName, local, mentions, runtimeType, runtimeValue } from "../code.ts";
import { stringLiteral } from "../literal.ts";
import { allOf, type CheckConstants, expectedText, misfitConditions } from "../misfit-condition.ts";
import { type Alternative, alternativesOf, choiceForm, type Presence } from "./alternatives.ts";
import { BitField, FunctionScope, plus } from "./function-scope.ts";
import { isMeant, sortedIndexes } from "./indexes.ts";
import { commentOn } from "./part-comment.ts";
import { type TypedPlan, takesBytes } from "./typed-plan.ts";

/** A value within a function: a name, and the way to it. */
interface Place {
  readonly value: Code;
  readonly path: CheckPath;
  /** Of a property that may be absent: what says that it is there. */
  readonly isOwn?: Code;
}

const position = local("position");
const text = local("text");
const bytes = local("bytes");
const output = local("output");
const found = local("found");

/** Writes the functions that write values of one type. */
export class EncoderWriter {
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
  encodeFunction(id: TypeId): Code {
    this.#scope = new FunctionScope();
    this.#hasCalls = false;
    this.#hasText = false;
    const value = this.#scope.variable("value");
    const place: Place = { value, path: [] };
    const { nodes } = this.#ir;
    const isOfParts = isComplex(id, nodes) && nodeOf(id, nodes).kind !== "union";
    const lines = isOfParts
      ? [this.#refuseKind(id, place), ...this.#inner(id, place)]
      : this.#choose(alternativesOf(id, nodes), [id], place, undefined);
    const misfitType = code`${runtimeType("Misfit")} | undefined`;
    const body: Lines = [
      ...(mentions(lines, bytes) ? [code`const { ${bytes} } = ${output};`] : []),
      code`let { ${this.#hasText || this.#hasCalls ? code`${position}, ${text}` : position} } = ${output};`,
      ...(this.#hasCalls ? [code`let ${found}: ${misfitType};`] : []),
      ...lines,
      ...this.#leave(),
      "return undefined;",
    ];
    const head = code`function ${this.#function(id)}(${value}: unknown, ${output}: ${runtimeType("Output")}): ${misfitType} {`;
    return joinCode([head, ...indent(body), "}"], "\n");
  }

  #function(id: TypeId): LocalName {
    return local(`encode${this.#plan.names.get(id) ?? ""}`);
  }

  /** What a part holds, whose choice may be bits of the object around it. */
  #place(id: TypeId, presence: Presence, place: Place, bits: BitField | undefined): Lines {
    if (this.#plan.names.has(id) && presence === "required") return this.#call(id, place);
    return this.#choose(alternativesOf(id, this.#ir.nodes, presence), [id], place, bits);
  }

  #call(id: TypeId, { value, path }: Place): Lines {
    this.#hasCalls = true;
    const misfit = path.length === 0 ? found : code`${runtimeValue("within")}(${pathCode(path)}, ${found})`;
    return [
      ...this.#leave(),
      code`${found} = ${this.#function(id)}(${value}, ${output});`,
      code`if (${found} !== undefined) return ${misfit};`,
      ...this.#enter(),
    ];
  }

  #leave(): Lines {
    const both = this.#hasText || this.#hasCalls;
    return [code`${output}.position = ${position};`, ...(both ? [code`${output}.text = ${text};`] : [])];
  }

  #enter(): Lines {
    return [code`${position} = ${output}.position;`, code`${text} = ${output}.text;`];
  }

  /** The choice of one of several, and what belongs to it. */
  #choose(
    alternatives: readonly Alternative[],
    ids: readonly TypeId[],
    place: Place,
    bits: BitField | undefined,
  ): Lines {
    const [only] = alternatives;
    if (only === undefined) return [code`return ${this.#misfit(ids, place)};`];
    if (alternatives.length === 1) {
      if (only.kind === "type") return this.#whole(only.id, place, bits);
      const text = only.kind === "constant" ? only.text : "undefined";
      return [code`if (${place.value} !== ${text}) return ${this.#misfit(ids, place)};`];
    }
    const select = this.#selector(alternatives.length, bits);
    const branches: { readonly test: Code; readonly lines: Lines }[] = [];
    for (const [index, alternative] of alternatives.entries()) {
      if (alternative.kind === "type") continue;
      const test =
        alternative.kind === "absent"
          ? code`${place.value} === undefined && !${place.isOwn ?? ""}`
          : code`${place.value} === ${alternative.text}`;
      branches.push({ test, lines: select(index) });
    }
    const types = alternatives.flatMap((alternative, index) =>
      alternative.kind === "type" ? [{ id: alternative.id, index }] : [],
    );
    const numbers = new Map(types.map(({ id, index }) => [id, index]));
    const complex = types.filter(({ id }) => isComplex(id, this.#ir.nodes)).map(({ id }) => id);
    for (const { id, index } of types) {
      if (isComplex(id, this.#ir.nodes)) continue;
      branches.push({
        test: this.#isOf(id, place.value),
        lines: [...select(index), ...this.#simple(id, place, true)],
      });
    }
    for (const [kind, members] of kindGroups(complex, this.#ir.nodes)) {
      branches.push({ test: kindTest(kind, place.value), lines: this.#oneOf(members, numbers, ids, select, place) });
    }
    const chain = branches.flatMap(
      ({ test, lines }, index): Lines => [code`${index === 0 ? "" : "} else "}if (${test}) {`, ...indent(lines)],
    );
    return [...chain, "} else {", ...indent([code`return ${this.#misfit(ids, place)};`]), "}"];
  }

  /** What is true of a value of a type without parts. */
  #isOf(id: TypeId, value: Code): Code {
    const node = nodeOf(id, this.#ir.nodes);
    switch (node.kind) {
      case "string":
      case "number":
      case "bigint":
        return code`typeof ${value} === ${stringLiteral(node.kind)}`;
      case "builtin":
        return code`${runtimeValue("isBuiltin")}(${value}, ${stringLiteral(node.name)})`;
      default:
        return code`!(${allOf(misfitConditions([id], value, this.#ir.nodes, this.#constants))})`;
    }
  }

  /** Writes which alternative it is: into the bits of the object, or as bytes of its own. */
  #selector(count: number, bits: BitField | undefined): (index: number) => Lines {
    const form = choiceForm(count, bits !== undefined);
    if ("bits" in form && bits !== undefined) {
      const { word, shift } = bits.take(form.bits);
      return (index) => (index === 0 ? [] : [code`${word} |= ${String(index << shift)};`]);
    }
    const isWide = "bytes" in form && form.bytes === 2;
    return (index) => [
      code`${bytes}[${position}++] = ${String(index & 0xff)};`,
      ...(isWide ? [code`${bytes}[${position}++] = ${String(index >> 8)};`] : []),
    ];
  }

  /** A value that is of the kind of all of these types. */
  #oneOf(
    members: readonly TypeId[],
    numbers: ReadonlyMap<TypeId, number>,
    ids: readonly TypeId[],
    select: (index: number) => Lines,
    place: Place,
  ): Lines {
    const { nodes } = this.#ir;
    const [only] = members;
    const numberOf = (id: TypeId): number => numbers.get(id) ?? 0;
    if (members.length === 1 && only !== undefined) {
      return [...select(numberOf(only)), ...this.#parts(only, place)];
    }
    const union = ids.map((id) => nodeOf(id, nodes)).find((node) => node.kind === "union");
    const tag = union?.kind === "union" ? union.tag : undefined;
    if (tag !== undefined && members.every((id) => nodeOf(id, nodes).kind === "object")) {
      return this.#tagged(members, tag, numberOf, select, place);
    }
    return this.#tried(members, numberOf, ids, select, place);
  }

  #tagged(
    members: readonly TypeId[],
    tag: string,
    numberOf: (id: TypeId) => number,
    select: (index: number) => Lines,
    { value, path }: Place,
  ): Lines {
    const { nodes } = this.#ir;
    const read = code`${value}[${stringLiteral(tag)}]`;
    const tags: TypeId[] = [];
    const cases = members.flatMap((id): Lines => {
      const node = nodeOf(id, nodes);
      const type = node.kind === "object" ? node.properties.find(({ name }) => name === tag)?.type : undefined;
      if (type === undefined) return [];
      tags.push(type);
      const labels = literalsOf(type, nodes).map((label) => code`case ${label}:`);
      const [last] = labels.slice(-1);
      const lines = [...select(numberOf(id)), ...this.#parts(id, { value, path })];
      return [...labels.slice(0, -1), code`${last ?? ""} {`, ...indent(lines), "  break;", "}"];
    });
    const refusal = code`return ${this.#misfit(tags, { value: read, path: [...path, propertyStep(tag)] })};`;
    return [code`switch (${read}) {`, ...indent([...cases, "default:", ...indent([refusal])]), "}"];
  }

  /** Those that say most come first: what fits them would lose something as another one. */
  #tried(
    members: readonly TypeId[],
    numberOf: (id: TypeId) => number,
    ids: readonly TypeId[],
    select: (index: number) => Lines,
    place: Place,
  ): Lines {
    this.#hasCalls = true;
    const size = (id: TypeId): number => {
      const node = nodeOf(id, this.#ir.nodes);
      return node.kind === "object" ? node.properties.length : node.kind === "tuple" ? node.elements.length : 0;
    };
    const [startPosition, startText] = [this.#scope.variable("startPosition"), this.#scope.variable("startText")];
    const sorted = [...members].sort((a, b) => size(b) - size(a));
    const tries = sorted.flatMap((id, index): Lines => {
      const attempt: Lines = [
        ...select(numberOf(id)),
        ...this.#leave(),
        code`${found} = ${this.#function(id)}(${place.value}, ${output});`,
        ...this.#enter(),
      ];
      if (index === 0) return attempt;
      const back: Lines = [code`${position} = ${startPosition};`, code`${text} = ${startText};`];
      return [code`if (${found} !== undefined) {`, ...indent([...back, ...attempt]), "}"];
    });
    return [
      code`const ${startPosition} = ${position};`,
      code`const ${startText} = ${text};`,
      ...tries,
      code`if (${found} !== undefined) return ${this.#misfit(ids, place)};`,
    ];
  }

  /** A value of one type, which is not known to be one. */
  #whole(id: TypeId, place: Place, bits?: BitField): Lines {
    const { nodes } = this.#ir;
    if (!isComplex(id, nodes)) return this.#simple(id, place, false);
    return [this.#refuseKind(id, place), ...this.#parts(id, place, bits)];
  }

  #refuseKind(id: TypeId, place: Place): Code {
    const { kind } = nodeOf(id, this.#ir.nodes);
    return code`if (!${kindTest(kind, place.value)}) return ${this.#misfit([id], place)};`;
  }

  /** A value without parts of its own. */
  #simple(id: TypeId, place: Place, isChecked: boolean): Lines {
    const node = nodeOf(id, this.#ir.nodes);
    const { value } = place;
    const check = isChecked
      ? []
      : [
          code`if (${allOf(misfitConditions([id], value, this.#ir.nodes, this.#constants))}) return ${this.#misfit([id], place)};`,
        ];
    switch (node.kind) {
      case "string":
      case "template":
        return [...check, ...this.#string(value)];
      case "number":
      case "integer":
        return [...check, code`${position} = ${runtimeValue("writeNumber")}(${bytes}, ${position}, ${value});`];
      case "bigint":
        return [...check, code`${position} = ${runtimeValue("writeBigint")}(${bytes}, ${position}, ${value});`];
      case "builtin": {
        const [write, type] = node.name === "Date" ? ["writeDate", "Date"] : ["writeBytes", "ArrayBufferView"];
        return [...check, code`${position} = ${runtimeValue(write)}(${bytes}, ${position}, ${value} as ${type});`];
      }
      default:
        throw new Error(`There is no typed form of ${node.kind}.`);
    }
  }

  #string(value: Code): Lines {
    this.#hasText = true;
    return [
      code`${text} += ${value};`,
      code`if (${value}.length < 0x80) ${bytes}[${position}++] = ${value}.length;`,
      code`else ${position} = ${runtimeValue("writeLength")}(${bytes}, ${position}, ${value}.length);`,
    ];
  }

  /** Of a value that is of the right kind. */
  #parts(id: TypeId, place: Place, bits?: BitField): Lines {
    return this.#plan.names.has(id) ? this.#call(id, place) : this.#inner(id, place, bits);
  }

  #inner(id: TypeId, place: Place, bits?: BitField): Lines {
    const node = nodeOf(id, this.#ir.nodes);
    switch (node.kind) {
      case "object":
        return this.#object(node, place, bits);
      case "array":
        return this.#array(node, place);
      case "tuple":
        return this.#tuple(id, node, place);
      case "map":
        return this.#map(node, place);
      case "set":
        return this.#set(node, place);
      default:
        throw new Error(`There are no parts of ${node.kind}.`);
    }
  }

  #object(node: ObjectNode, place: Place, outer: BitField | undefined): Lines {
    const bits = outer ?? new BitField(this.#scope);
    const lines = this.#properties(node, place, bits);
    if (outer !== undefined) return lines;
    const { words, byteCount } = bits;
    if (byteCount === 0) return lines;
    const at = this.#scope.variable("bitsAt");
    return [
      code`const ${at} = ${position};`,
      code`${position} += ${String(byteCount)};`,
      ...words.map(({ name }) => code`let ${name} = 0;`),
      ...lines,
      ...words.flatMap(({ name, offset, bytes: count }) =>
        Array.from({ length: count }, (_, index) => {
          const shifted = index === 0 ? name : code`${name} >> ${String(index * 8)}`;
          return code`${bytes}[${plus(at, offset + index)}] = ${shifted};`;
        }),
      ),
    ];
  }

  #properties({ properties, indexes }: ObjectNode, { value, path }: Place, bits: BitField): Lines {
    const named = properties.flatMap(({ name, type, isOptional }): Lines => {
      const own = code`${value}[${stringLiteral(name)}]`;
      const isInherited = name in Object.prototype;
      const isOwn = code`${runtimeValue("isOwn")}(${value}, ${stringLiteral(name)})`;
      const read = isInherited ? code`${isOwn} ? ${own} : undefined` : own;
      const part = this.#scope.variable(variableName(name));
      const at = [...path, propertyStep(name)];
      return [
        commentOn(name, isOptional, type, this.#ir.nodes),
        constant(part, read),
        ...this.#place(type, isOptional ? "property" : "required", { value: part, path: at, isOwn }, bits),
      ];
    });
    return [...named, ...this.#indexed({ properties, indexes }, { value, path })];
  }

  /** Names that no declaration has, with their values: for each index those that it means and none before it. */
  #indexed({ properties, indexes }: Pick<ObjectNode, "properties" | "indexes">, { value, path }: Place): Lines {
    const { nodes } = this.#ir;
    return sortedIndexes(indexes, nodes).flatMap(({ key, type }, index, all): Lines => {
      const [names, name, item] = ["names", "name", "item"].map((stem) => this.#scope.variable(stem)) as [
        LocalName,
        LocalName,
        LocalName,
      ];
      const filter = isMeant(name, key, all.slice(0, index), properties, nodes, this.#constants);
      const own = code`Object.keys(${value})`;
      const list = filter === undefined ? own : code`${own}.filter((${name}) => ${filter})`;
      return [
        code`const ${names} = ${list};`,
        this.#count(code`${names}.length`),
        code`for (const ${name} of ${names}) {`,
        ...indent([
          ...this.#string(name),
          constant(item, code`${value}[${name}]`),
          ...this.#place(type, "required", { value: item, path: [...path, nameStep(name)] }, undefined),
        ]),
        "}",
      ];
    });
  }

  #count(count: Code): Code {
    return code`${position} = ${runtimeValue("writeLength")}(${bytes}, ${position}, ${count});`;
  }

  #array({ items }: ArrayNode, place: Place): Lines {
    const { value, path } = place;
    if (nodeOf(items, this.#ir.nodes).kind === "number") {
      const end = this.#scope.variable("end");
      const item: Place = { value: code`${value}[~${end}]`, path: [...path, indexStep(code`~${end}`)] };
      return [
        code`const ${end} = ${runtimeValue("writeNumbers")}(${bytes}, ${position}, ${value});`,
        code`if (${end} < 0) return ${this.#misfit([items], item)};`,
        code`${position} = ${end};`,
      ];
    }
    return [this.#count(code`${value}.length`), ...this.#loop(items, place, "0", code`${value}.length`)];
  }

  #loop(items: TypeId, { value, path }: Place, from: string, to: Code): Lines {
    const [index, item] = [this.#scope.variable("index"), this.#scope.variable("item")];
    return [
      code`for (let ${index} = ${from}; ${index} < ${to}; ${index}++) {`,
      ...indent([
        constant(item, code`${value}[${index}]`),
        ...this.#item(items, { value: item, path: [...path, indexStep(index)] }),
      ]),
      "}",
    ];
  }

  /** One of many, each of which takes a byte at least: of nothing, a length could claim any number. */
  #item(id: TypeId, place: Place): Lines {
    const pad = takesBytes(id, this.#ir.nodes, this.#plan) ? [] : [code`${bytes}[${position}++] = 0;`];
    return [...this.#place(id, "required", place, undefined), ...pad];
  }

  #tuple(id: TypeId, { elements }: TupleNode, place: Place): Lines {
    const { value, path } = place;
    const rest = elements.findIndex(({ presence }) => presence === "rest");
    const least = elements.filter(({ presence }) => presence === "required").length;
    const isExact = rest < 0 && least === elements.length;
    const bounds = [
      ...(least > 0 ? [code`${value}.length < ${String(least)}`] : []),
      ...(rest < 0 ? [code`${value}.length > ${String(elements.length)}`] : []),
    ];
    const sizes = isExact ? [code`${value}.length !== ${String(least)}`] : bounds;
    const size = sizes.length === 0 ? [] : [code`if (${joinCode(sizes, " || ")}) return ${this.#misfit([id], place)};`];
    const after = rest < 0 ? 0 : elements.length - rest - 1;
    const lines = elements.flatMap(({ type, presence }, index): Lines => {
      if (presence === "rest") {
        const to = after === 0 ? code`${value}.length` : code`${value}.length - ${String(after)}`;
        return this.#loop(type, place, String(index), to);
      }
      const isLate = rest >= 0 && index > rest;
      const at = isLate ? code`${value}.length - ${String(elements.length - index)}` : String(index);
      const item = this.#scope.variable("item");
      const step = isLate ? indexStep(at) : `[${index}]`;
      const element = [
        constant(item, code`${value}[${at}]`),
        ...this.#place(
          type,
          presence === "optional" ? "element" : "required",
          { value: item, path: [...path, step] },
          undefined,
        ),
      ];
      if (presence === "required") return element;
      return [code`if (${value}.length > ${String(index)}) {`, ...indent(element), "}"];
    });
    return [...size, ...(isExact ? [] : [this.#count(code`${value}.length`)]), ...lines];
  }

  #map({ keys, values }: MapNode, { value, path }: Place): Lines {
    const [index, key, item] = ["index", "key", "item"].map((stem) => this.#scope.variable(stem)) as [
      LocalName,
      LocalName,
      LocalName,
    ];
    return [
      this.#count(code`${value}.size`),
      code`let ${index} = 0;`,
      code`for (const [${key}, ${item}] of ${value}) {`,
      ...indent([
        ...this.#item(keys, { value: key, path: [...path, ".keys()", indexStep(index)] }),
        ...this.#place(values, "required", { value: item, path: [...path, ".values()", indexStep(index)] }, undefined),
        code`${index}++;`,
      ]),
      "}",
    ];
  }

  #set({ items }: SetNode, { value, path }: Place): Lines {
    const [index, item] = [this.#scope.variable("index"), this.#scope.variable("item")];
    return [
      this.#count(code`${value}.size`),
      code`let ${index} = 0;`,
      code`for (const ${item} of ${value}) {`,
      ...indent([
        ...this.#item(items, { value: item, path: [...path, ".values()", indexStep(index)] }),
        code`${index}++;`,
      ]),
      "}",
    ];
  }

  #misfit(ids: readonly TypeId[], { value, path }: Place): Code {
    const at = path.length === 0 ? "" : code`, ${pathCode(path)}`;
    return code`${runtimeValue("misfit")}(${stringLiteral(expectedText(ids, this.#ir.nodes))}, ${value}${at})`;
  }
}
