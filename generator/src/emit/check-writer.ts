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
  UnionNode,
} from "../model/type-ir.ts";
import { propertyStep } from "../model/type-parts.ts";
import {
  constant,
  counted,
  elseChain,
  indent,
  kindTest,
  type Lines,
  literalsOf,
  type RecordTest,
  variableName,
} from "./check-lines.ts";
import { type CheckPath, indexStep, nameStep, pathCode } from "./check-path.ts";
import type { CheckPlan } from "./check-plan.ts";
import { allowsUndefined, isAbsence, isComplex, isUnchecked, kindGroups, nodeOf } from "./checked-type.ts";
import { type Code, code, joinCode, type LocalName, local, runtimeType, runtimeValue } from "./code.ts";
import { stringLiteral } from "./literal.ts";
import { allOf, type CheckConstants, expectedText, misfitConditions } from "./misfit-condition.ts";
import { misfitOfKind, ownProperties, quickFirst } from "./part-order.ts";

/** A value within a function: a name, for TypeScript to know what has been found of it, and the way to it. */
interface Place {
  readonly value: Code;
  readonly path: CheckPath;
}

/** Writes the functions that check the types of one cache. */
export class CheckWriter {
  readonly #ir: TypeIr;
  readonly #plan: CheckPlan;
  /** Types whose functions keep what they have visited. */
  readonly #visiting: ReadonlySet<TypeId>;
  readonly #constants: CheckConstants;
  readonly #recordTest: RecordTest;
  /** Of the function that is being written. */
  #variables = new Map<string, number>();
  #hasCalls = false;

  constructor(
    ir: TypeIr,
    plan: CheckPlan,
    visiting: ReadonlySet<TypeId>,
    constants: CheckConstants,
    recordTest: RecordTest,
  ) {
    this.#ir = ir;
    this.#plan = plan;
    this.#visiting = visiting;
    this.#constants = constants;
    this.#recordTest = recordTest;
  }

  /** The function of a type that has one. */
  checkFunction(id: TypeId): Code {
    this.#variables = new Map();
    this.#hasCalls = false;
    const value = local("value");
    const lines = this.#inPlace(id, { value, path: [] });
    const misfitType = code`${runtimeType("Misfit")} | undefined`;
    // As a value, for where the whole begins it is one, and a name is imported once.
    const visits = this.#visiting.has(id) ? code`, ${local("visits")}: ${runtimeValue("Visits")}` : "";
    const body = [
      ...(this.#hasCalls ? [code`let ${local("found")}: ${misfitType};`] : []),
      ...lines,
      "return undefined;",
    ];
    return joinCode(
      [code`function ${this.#function(id)}(${value}: unknown${visits}): ${misfitType} {`, ...indent(body), "}"],
      "\n",
    );
  }

  /** Looks at a value where it stands, or calls the function of its type. */
  #check(id: TypeId, place: Place): Lines {
    if (isUnchecked(id, this.#ir.nodes)) return [];
    return this.#plan.names.has(id) ? this.#call(id, place) : this.#inPlace(id, place);
  }

  #call(id: TypeId, { value, path }: Place): Lines {
    this.#hasCalls = true;
    const found = local("found");
    const misfit = path.length === 0 ? found : code`${runtimeValue("within")}(${pathCode(path)}, ${found})`;
    return [code`${found} = ${this.#result(id, value)};`, code`if (${found} !== undefined) return ${misfit};`];
  }

  #result(id: TypeId, value: Code): Code {
    const name = this.#function(id);
    if (!this.#visiting.has(id)) return code`${name}(${value})`;
    const visits = local("visits");
    return this.#plan.cyclic.has(id) ? code`${visits}.once(${name}, ${value})` : code`${name}(${value}, ${visits})`;
  }

  #function(id: TypeId): LocalName {
    return local(this.#plan.names.get(id) ?? "");
  }

  #inPlace(id: TypeId, place: Place): Lines {
    const { nodes } = this.#ir;
    const node = nodeOf(id, nodes);
    if (!isComplex(id, nodes)) {
      const conditions = misfitConditions([id], place.value, nodes, this.#constants);
      return [this.#refuse(allOf(conditions), [id], place)];
    }
    if (node.kind === "union") return this.#union(node, place);
    return [
      this.#refuse(code`!${kindTest([id], nodes, place.value, this.#recordTest)}`, [id], place),
      ...this.#parts(id, place),
    ];
  }

  /** Of a value that is of the right kind. */
  #parts(id: TypeId, place: Place, tag?: string): Lines {
    const node = nodeOf(id, this.#ir.nodes);
    switch (node.kind) {
      case "object":
        return this.#object(id, node, place, tag);
      case "array":
        return this.#array(node, place);
      case "tuple":
        return this.#tuple(id, node, place);
      case "map":
        return this.#map(node, place);
      case "set":
        return this.#set(node, place);
      default:
        return [];
    }
  }

  #object(id: TypeId, { properties, indexes }: ObjectNode, place: Place, tag: string | undefined): Lines {
    const { nodes } = this.#ir;
    const { value, path } = place;
    const looked = properties.filter(({ name, type }) => name !== tag && !isUnchecked(type, nodes));
    const checked = quickFirst(looked, nodes, this.#plan);
    const [first, ...later] = checked.filter(({ type }) => isComplex(type, nodes));
    const shown = this.#plan.retried.has(id) ? ownProperties(later) : [];
    const sights = shown.flatMap((property) => this.#atSight(property, place));
    const named = checked.flatMap((property): Lines => {
      const { name, type, isOptional } = property;
      const isInherited = name in Object.prototype;
      const own = code`${value}[${stringLiteral(name)}]`;
      const read = isInherited
        ? code`${runtimeValue("isOwn")}(${value}, ${stringLiteral(name)}) ? ${own} : undefined`
        : own;
      const at = [...path, propertyStep(name)];
      const lines = this.#part(type, read, at, { name, isOptional, isRepeatable: !isInherited });
      return property === first ? [...sights, ...lines] : lines;
    });
    const listed = indexes.flatMap(({ key, type }): Lines => {
      const [name, lines] = this.#scope(() => {
        const name = this.#variable("name");
        const place: Place = { value: code`${value}[${name}]`, path: [...path, nameStep(name)] };
        if (nodeOf(type, nodes).kind !== "never")
          return [name, this.#part(type, place.value, place.path, itemOf)] as const;
        return [name, [code`return ${this.#misfit("nothing", place)};`]] as const;
      });
      if (lines.length === 0) return [];
      // What JSON has made inherits nothing that a loop would meet.
      const isInherited =
        this.#recordTest === "isJsonRecord" ? [] : [code`!${runtimeValue("isOwn")}(${value}, ${name})`];
      // A property that is declared is what it is declared to be.
      const declared = properties.map((property) => code`${name} === ${stringLiteral(property.name)}`);
      const passed = [...isInherited, ...this.#excluded(key, name), ...declared];
      return [
        code`for (const ${name} in ${value}) {`,
        ...(passed.length === 0 ? [] : [code`  if (${joinCode(passed, " || ")}) continue;`]),
        ...indent(lines),
        "}",
      ];
    });
    return [...named, ...listed];
  }

  /** What shows of a property before another one is looked into. */
  #atSight({ name, type, isOptional }: Property, { value, path }: Place): Lines {
    const read = code`${value}[${stringLiteral(name)}]`;
    const misfit = isOptional ? undefined : misfitOfKind(type, read, this.#ir.nodes, this.#recordTest);
    if (misfit === undefined) return [];
    return [this.#refuse(misfit, [type], { value: read, path: [...path, propertyStep(name)] })];
  }

  /** What is true of a name that an index does not mean. */
  #excluded(key: TypeId, name: Code): readonly Code[] {
    const { kind } = nodeOf(key, this.#ir.nodes);
    if (kind === "number") return [code`String(Number(${name})) !== ${name}`];
    if (kind !== "template") return [];
    return misfitConditions([key], name, this.#ir.nodes, this.#constants).map((condition) => condition.code);
  }

  #array({ items }: ArrayNode, { value, path }: Place): Lines {
    return this.#loop(items, { value, path }, "0", code`${value}.length`);
  }

  #loop(items: TypeId, { value, path }: Place, from: string, to: Code): Lines {
    const [index, lines] = this.#scope(() => {
      const index = this.#variable("index");
      return [index, this.#part(items, code`${value}[${index}]`, [...path, indexStep(index)], itemOf)] as const;
    });
    if (lines.length === 0) return [];
    return [code`for (let ${index} = ${from}; ${index} < ${to}; ${index}++) {`, ...indent(lines), "}"];
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
    const size = sizes.length === 0 ? [] : [this.#refuse(joinCode(sizes, " || "), [id], place)];
    const after = rest < 0 ? 0 : elements.length - rest - 1;
    const placed = elements.map((element, position) => ({ ...element, position }));
    const lines = quickFirst(placed, this.#ir.nodes, this.#plan).flatMap(({ type, presence, position }): Lines => {
      if (presence === "rest") {
        const to = after === 0 ? code`${value}.length` : code`${value}.length - ${String(after)}`;
        return this.#loop(type, place, String(position), to);
      }
      const isOptional = presence === "optional";
      if (rest < 0 || position < rest) {
        const at = [...path, `[${position}]`];
        return this.#part(type, code`${value}[${String(position)}]`, at, { ...itemOf, isOptional });
      }
      const index = code`${value}.length - ${String(elements.length - position)}`;
      return this.#part(type, code`${value}[${index}]`, [...path, indexStep(index)], itemOf);
    });
    return [...size, ...lines];
  }

  #map({ keys, values }: MapNode, { value, path }: Place): Lines {
    const index = this.#variable("index");
    const { key, item, keyLines, itemLines } = this.#scope(() => {
      const [key, item] = [this.#variable("key"), this.#variable("item")];
      return {
        key,
        item,
        keyLines: this.#check(keys, { value: key, path: [...path, ".keys()", indexStep(index)] }),
        itemLines: this.#check(values, { value: item, path: [...path, ".values()", indexStep(index)] }),
      };
    });
    if (keyLines.length === 0 && itemLines.length === 0) return [];
    const [head, of] =
      itemLines.length === 0
        ? [key, ".keys()"]
        : keyLines.length === 0
          ? [item, ".values()"]
          : [code`[${key}, ${item}]`, ""];
    return counted(index, head, code`${value}${of}`, [...keyLines, ...itemLines]);
  }

  #set({ items }: SetNode, { value, path }: Place): Lines {
    const index = this.#variable("index");
    const [item, lines] = this.#scope(() => {
      const item = this.#variable("item");
      return [item, this.#check(items, { value: item, path: [...path, ".values()", indexStep(index)] })] as const;
    });
    return lines.length === 0 ? [] : counted(index, item, value, lines);
  }

  /** A part of a value, read from where it is: as it stands there, where it is looked at only once. */
  #part(type: TypeId, read: Code, path: CheckPath, { name, isOptional, isRepeatable }: PartForm): Lines {
    const { nodes } = this.#ir;
    if (isUnchecked(type, nodes)) return [];
    const mayBeAbsent = isOptional && !allowsUndefined(type, nodes);
    if (isComplex(type, nodes)) {
      if (this.#plan.names.has(type) && !mayBeAbsent) return this.#call(type, { value: read, path });
      const value = this.#variable(variableName(name));
      if (!mayBeAbsent) return [constant(value, read), ...this.#check(type, { value, path })];
      const lines = this.#block(() => this.#check(type, { value, path }));
      return [constant(value, read), code`if (${value} !== undefined) {`, ...lines, "}"];
    }
    const condition = (value: Code): Code =>
      allOf([
        ...(mayBeAbsent ? [{ code: code`${value} !== undefined` }] : []),
        ...misfitConditions([type], value, nodes, this.#constants),
      ]);
    const { kind } = nodeOf(type, nodes);
    const isOnce = isRepeatable && !mayBeAbsent && quickKinds.has(kind);
    if (isOnce) return [this.#refuse(condition(read), [type], { value: read, path })];
    const value = this.#variable(variableName(name));
    return [constant(value, read), this.#refuse(condition(value), [type], { value, path })];
  }

  #union({ members, tag }: UnionNode, place: Place): Lines {
    const { nodes } = this.#ir;
    const simple = members.filter((id) => !isComplex(id, nodes));
    const complex = members.filter((id) => isComplex(id, nodes));
    const conditions = misfitConditions(simple, place.value, nodes, this.#constants);
    const [only] = complex;
    if (
      complex.length === 1 &&
      only !== undefined &&
      simple.length > 0 &&
      simple.every((id) => isAbsence(nodeOf(id, nodes)))
    ) {
      return [code`if (${allOf(conditions)}) {`, ...this.#block(() => this.#check(only, place)), "}"];
    }
    const branches = kindGroups(complex, nodes).map(([, ids]) => ({
      test: kindTest(ids, nodes, place.value, this.#recordTest),
      lines: this.#block(() => this.#oneOf(ids, tag, place)),
    }));
    const none = branches.filter(({ lines }) => lines.length === 0).map(({ test }) => ({ code: code`!${test}` }));
    const otherwise = [...none, ...conditions];
    const chain = branches
      .filter(({ lines }) => lines.length > 0)
      .map(({ test, lines }): Lines => [code`if (${test}) {`, ...lines]);
    if (chain.length === 0) return [this.#refuse(allOf(otherwise), members, place)];
    const refusal = indent([code`return ${this.#misfit(expectedText(members, nodes), place)};`]);
    const last: Lines = [otherwise.length === 0 ? "{" : code`if (${allOf(otherwise)}) {`, ...refusal];
    return [...elseChain([...chain, last]), "}"];
  }

  /** Of a value that is of the kind of all of these types. */
  #oneOf(ids: readonly TypeId[], tag: string | undefined, place: Place): Lines {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) {
      return this.#plan.names.has(only) ? this.#call(only, place) : this.#parts(only, place);
    }
    const isTagged = tag !== undefined && ids.every((id) => nodeOf(id, this.#ir.nodes).kind === "object");
    if (isTagged) return this.#tagged(ids, tag, place);
    const none = ids.map((id) => code`${this.#result(id, place.value)} !== undefined`);
    return [this.#refuseAs(`one of its ${ids.length} types`, joinCode(none, " && "), place)];
  }

  #tagged(ids: readonly TypeId[], tag: string, place: Place): Lines {
    const { nodes } = this.#ir;
    const { value, path } = place;
    const read = code`${value}[${stringLiteral(tag)}]`;
    const tags: TypeId[] = [];
    const cases = ids.flatMap((id): Lines => {
      const node = nodeOf(id, nodes);
      const type = node.kind === "object" ? node.properties.find(({ name }) => name === tag)?.type : undefined;
      if (type === undefined) return [];
      tags.push(type);
      const lines = this.#block(() => (this.#plan.names.has(id) ? this.#call(id, place) : this.#parts(id, place, tag)));
      const labels = literalsOf(type, nodes).map((label) => code`case ${label}:`);
      const [last] = labels.slice(-1);
      const body = lines.length === 0 ? [last ?? "", "  break;"] : [code`${last ?? ""} {`, ...lines, "  break;", "}"];
      return [...labels.slice(0, -1), ...body];
    });
    const refusal = code`return ${this.#misfit(expectedText(tags, nodes), { value: read, path: [...path, propertyStep(tag)] })};`;
    return [code`switch (${read}) {`, ...indent([...cases, "default:", ...indent([refusal])]), "}"];
  }

  #refuse(condition: Code, ids: readonly TypeId[], place: Place): Code {
    return this.#refuseAs(expectedText(ids, this.#ir.nodes), condition, place);
  }

  #refuseAs(expected: string, condition: Code, place: Place): Code {
    return code`if (${condition}) return ${this.#misfit(expected, place)};`;
  }

  #misfit(expected: string, { value, path }: Place): Code {
    const at = path.length === 0 ? "" : code`, ${pathCode(path)}`;
    return code`${runtimeValue("misfit")}(${stringLiteral(expected)}, ${value}${at})`;
  }

  /** Lines within braces. */
  #block(write: () => Lines): Lines {
    return indent(this.#scope(write));
  }

  /** What is written there takes names that are free again afterwards. */
  #scope<T>(write: () => T): T {
    const outer = new Map(this.#variables);
    const written = write();
    this.#variables = outer;
    return written;
  }

  /** A name that is not in use yet. */
  #variable(name: string): LocalName {
    const count = (this.#variables.get(name) ?? 0) + 1;
    this.#variables.set(name, count);
    return local(count === 1 ? name : `${name}${count}`);
  }
}

/** Told by one look. */
const quickKinds: ReadonlySet<TypeNode["kind"]> = new Set([
  "string",
  "number",
  "integer",
  "boolean",
  "bigint",
  "literal",
]);

interface PartForm {
  readonly name: string;
  /** Whether it may be absent, or be `undefined`, which most serializers take for absent. */
  readonly isOptional: boolean;
  /** Whether to read it twice is no more work for who reads the code. */
  readonly isRepeatable: boolean;
}

const itemOf: PartForm = { name: "item", isOptional: false, isRepeatable: false };
