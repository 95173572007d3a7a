import { nearest, quote } from "@cachetory/runtime/schemes";
import type { Property, SimpleNode, TupleElement, TypeId } from "../model/type-ir.ts";
import { areDisjoint } from "../schema/disjoint.ts";
import { Intersections } from "../schema/intersection.ts";
import type { Definition } from "../schema/schema-type.ts";
import { TypeBuilder } from "../schema/type-builder.ts";
import { kindOf } from "./kind-words.ts";
import type { Report } from "./report.ts";
import {
  checkKeywords,
  combiningKeywords,
  definitionName,
  definitionsOf,
  findDefinition,
  listKeywords,
  notesOf,
  objectKeywords,
} from "./value-schema-keywords.ts";
import { isMap, isText, type YamlEntry, type YamlMap, type YamlNode, type YamlText } from "./yaml-tree.ts";

/** Lists of a length are tuples, of no more elements than these. */
const maxElements = 32;

const typeNames = ["array", "boolean", "integer", "null", "number", "object", "string"] as const;
type TypeName = (typeof typeNames)[number];

/** A JSON Schema as types of a builder. */
export interface ReadSchema {
  readonly root: TypeId;
  readonly definitions: readonly Definition[];
}

/** Reads one JSON Schema into types; what is wrong with it is reported. */
export class ValueSchemaReader {
  readonly builder: TypeBuilder = new TypeBuilder();
  readonly #document: YamlNode;
  readonly #schema: YamlNode;
  readonly #report: Report;
  readonly #intersections: Intersections;
  /** Each schema as it stands, and as it is where nothing but objects come. */
  readonly #ids: { readonly plain: Map<YamlNode, TypeId>; readonly inObject: Map<YamlNode, TypeId> };
  /** What can be asked when all types are made. */
  readonly #questions: (() => void)[] = [];

  /** @param document - to which `#` refers */
  constructor({ document, schema }: { readonly document: YamlNode; readonly schema: YamlNode }, report: Report) {
    this.#document = document;
    this.#schema = schema;
    this.#report = report;
    this.#intersections = new Intersections(this.builder);
    this.#ids = { plain: new Map(), inObject: new Map() };
  }

  /** @throws TooManyTypes, TypeOfItself, and RangeError where schemas nest deeper than the stack */
  read(): ReadSchema {
    const root = this.#idOf(this.#schema);
    const written = isMap(this.#document) ? this.#document.entries.get("$defs") : undefined;
    if (written !== undefined && !isMap(written.value)) this.#mustBe(written, "a mapping of names to schemas");
    const definitions = [...definitionsOf(this.#document).values()]
      .filter(({ value }) => isSchema(value))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, value }) => ({
        id: this.#idOf(value),
        name: key,
        notes: isMap(value) ? notesOf(value) : undefined,
      }));
    this.builder.makeAll();
    for (const ask of this.#questions) ask();
    return { root, definitions };
  }

  #idOf(node: YamlNode, isInObject = false): TypeId {
    const ids = this.#ids[isInObject ? "inObject" : "plain"];
    const id = ids.get(node) ?? this.builder.later(() => this.#read(node, isInObject));
    ids.set(node, id);
    return id;
  }

  /** @param isInObject - whether something beside it says that the value is an object */
  #read(node: YamlNode, isInObject: boolean): TypeId {
    const { builder } = this;
    if (node.kind === "scalar" && typeof node.value === "boolean")
      return builder.simple(node.value ? "unknown" : "never");
    if (!isMap(node)) {
      this.#report("C1802", node.span, `a JSON Schema must be a mapping, true or false, not ${kindOf(node)}`);
      return builder.simple("unknown");
    }
    checkKeywords(node, node === this.#document, this.#report);
    return this.#whole(node, isInObject);
  }

  /** What all keywords of a schema say together. */
  #whole(map: YamlMap, isInObject: boolean): TypeId {
    const { builder } = this;
    let whole = builder.simple("unknown");
    const also = (id: TypeId): void => {
      whole = this.#intersections.of(whole, id);
    };
    const isObject = (): boolean =>
      isInObject || builder.members(whole).every((id) => builder.node(id).kind === "object");

    const type = map.entries.get("type");
    if (type !== undefined) also(this.#typed(type, map));
    const ref = map.entries.get("$ref");
    if (ref !== undefined) also(this.#target(ref));
    for (const keyword of ["const", "enum"] as const) {
      const entry = map.entries.get(keyword);
      if (entry !== undefined) also(this.#values(entry, whole));
    }
    // What says by itself of which type it is comes first: then the rest may be about objects alone.
    const all = map.entries.get("allOf");
    const conjuncts = this.#schemasOf(all);
    for (const each of conjuncts.filter((schema) => !isBare(schema))) also(this.#idOf(each, isObject()));
    const choices = (["anyOf", "oneOf"] as const).flatMap((keyword) => map.entries.get(keyword) ?? []);
    const [bare, saying] = partition(choices, (choice) => this.#schemasOf(choice).some(isBare));
    for (const choice of saying) also(this.#choice(choice, isObject()));
    if (type === undefined) this.#untyped(map, isObject(), also);
    for (const each of conjuncts.filter(isBare)) also(this.#idOf(each, isObject()));
    for (const choice of bare) also(this.#choice(choice, isObject()));
    return whole;
  }

  /** Keywords about objects or lists, where no type is written. */
  #untyped(map: YamlMap, isObject: boolean, also: (id: TypeId) => void): void {
    const [ofObject] = entriesOf(map, objectKeywords);
    const [ofList] = entriesOf(map, listKeywords);
    const [entry, name] = isObject || ofObject === undefined ? [ofList, "array"] : [ofObject, "object"];
    if (entry !== undefined) {
      const message = `"${entry.key}" without a type lets through whatever is no ${name}`;
      this.#report("C1803", entry.keySpan, message, `Write type: ${name} beside it`);
    }
    if (ofObject !== undefined) also(this.#object(map));
  }

  #typed(entry: YamlEntry, map: YamlMap): TypeId {
    const nodes = entry.value.kind === "list" ? entry.value.items : [entry.value];
    const names = nodes.flatMap((node) => this.#typeName(node) ?? []);
    if (nodes.length === 0) this.#mustBe(entry, "a type, or a list of types");
    const check = (keywords: readonly string[], name: TypeName): void => {
      if (names.includes(name) || names.length < nodes.length) return;
      for (const { key, keySpan } of entriesOf(map, keywords)) {
        const message = `"${key}" says nothing of ${names.join(" or ")}`;
        this.#report("C1802", keySpan, message, `Leave it out, or write type: ${name}`);
      }
    };
    check(objectKeywords, "object");
    check(listKeywords, "array");
    return this.builder.union(
      names.map((name) => {
        if (name === "object") return this.#object(map);
        return name === "array" ? this.#list(map) : this.builder.simple(name satisfies SimpleNode["kind"]);
      }),
    );
  }

  #typeName(node: YamlNode): TypeName | undefined {
    const known = typeNames.find((name) => isText(node) && node.value === name);
    if (known !== undefined) return known;
    const list = `Types are ${typeNames.join(", ")}`;
    if (node.kind === "scalar" && node.value === null && node.written !== "") {
      this.#report("C1802", node.span, "the type of null is a text", 'Put it in quotes: "null"');
      return undefined;
    }
    const near = isText(node) ? nearest(node.value, typeNames) : undefined;
    const hint = near === undefined ? list : `Did you mean ${near}? ${list}`;
    this.#report("C1802", node.span, `"type" must be a type of JSON, not ${kindOf(node)}`, hint);
    return undefined;
  }

  #object(map: YamlMap): TypeId {
    const { builder } = this;
    const declared = map.entries.get("properties");
    const required = this.#required(map.entries.get("required"));
    const others = map.entries.get("additionalProperties");
    const othersType = others && this.#idOf(others.value);
    const entries = declared !== undefined && isMap(declared.value) ? [...declared.value.entries.values()] : [];
    if (declared !== undefined && !isMap(declared.value)) this.#mustBe(declared, "a mapping of names to schemas");
    const properties = entries.map(({ key, value }): Property => {
      const notes = isMap(value) ? notesOf(value) : undefined;
      return { name: key, type: this.#idOf(value), isOptional: !required.has(key), ...(notes && { notes }) };
    });
    const names = new Set(properties.map(({ name }) => name));
    for (const [name, node] of required) {
      if (names.has(name)) continue;
      if (others?.value.kind === "scalar" && others.value.value === false) {
        const message = `${quote(name)} is required, and no property of that name may be there`;
        this.#report("C1804", node.span, message, 'Write it under "properties" too');
      }
      properties.push({ name, type: othersType ?? builder.simple("unknown"), isOptional: false });
    }
    properties.sort((a, b) => (a.name < b.name ? -1 : 1));
    const isAny = properties.length === 0 && othersType === undefined;
    const rest = isAny ? builder.simple("unknown") : othersType;
    const indexes = rest === undefined ? [] : [{ key: builder.simple("string"), type: rest }];
    return builder.add({ kind: "object", properties, indexes });
  }

  #required(entry: YamlEntry | undefined): ReadonlyMap<string, YamlText> {
    const names = new Map<string, YamlText>();
    if (entry !== undefined && entry.value.kind !== "list") this.#mustBe(entry, "a list of names");
    for (const node of entry?.value.kind === "list" ? entry.value.items : []) {
      if (!isText(node)) this.#report("C1802", node.span, `a required property must be a name, not ${kindOf(node)}`);
      else if (names.has(node.value)) {
        this.#report("C1802", node.span, `${quote(node.value)} is required twice`, "Leave one of them out");
      } else names.set(node.value, node);
    }
    return names;
  }

  #list(map: YamlMap): TypeId {
    const { builder } = this;
    const prefix = this.#schemasOf(map.entries.get("prefixItems"));
    const written = map.entries.get("items");
    if (written?.value.kind === "list") {
      this.#mustBe(written, "a schema", "How a list begins is called prefixItems since 2020-12");
    }
    const items = written === undefined || written.value.kind === "list" ? undefined : written.value;
    const rest = items === undefined ? builder.simple("unknown") : this.#idOf(items);
    const least = this.#count(map.entries.get("minItems")) ?? 0;
    const isClosed = items?.kind === "scalar" && items.value === false;
    const most = Math.min(this.#count(map.entries.get("maxItems")) ?? Infinity, isClosed ? prefix.length : Infinity);
    if (most < least) {
      const [entry] = entriesOf(map, ["minItems"]);
      this.#report("C1804", entry?.keySpan ?? map.span, `no list has ${least} items and no more than ${most}`);
      return builder.simple("never");
    }
    if (prefix.length === 0 && least === 0 && most === Infinity) return builder.add({ kind: "array", items: rest });
    const length = most === Infinity ? Math.max(prefix.length, least) : most;
    const elements = Array.from({ length }, (_, index): TupleElement => {
      const schema = prefix[index];
      return { type: schema ? this.#idOf(schema) : rest, presence: index < least ? "required" : "optional" };
    });
    if (most === Infinity) elements.push({ type: rest, presence: "rest" });
    return builder.add({ kind: "tuple", elements });
  }

  #count(entry: YamlEntry | undefined): number | undefined {
    if (entry === undefined) return undefined;
    const { value: node } = entry;
    if (node.kind !== "scalar" || typeof node.value !== "number" || !Number.isInteger(node.value) || node.value < 0) {
      this.#mustBe(entry, "a whole number");
      return undefined;
    }
    if (node.value <= maxElements) return node.value;
    const message = `"${entry.key}" may be ${maxElements} at most: each item is an element of a tuple`;
    this.#report("C1803", node.span, message, "Leave it out, and check it where the value is made");
    return undefined;
  }

  /** What `$ref` leads to. */
  #target(entry: YamlEntry): TypeId {
    const unknown = this.builder.simple("unknown");
    const node = this.#referred(entry);
    if (node === undefined) return unknown;
    const id = this.#idOf(node);
    if (!this.builder.isBeingMade(id)) return id;
    const message = `${quote(String(isText(entry.value) ? entry.value.value : ""))} leads back here, so that no value comes of it`;
    this.#report("C1804", entry.value.span, message, "Let a property or an item of it refer back");
    return unknown;
  }

  #referred({ key, value }: YamlEntry): YamlNode | undefined {
    if (!isText(value)) {
      this.#report("C1802", value.span, `"${key}" must be # or #/$defs/name, not ${kindOf(value)}`);
      return undefined;
    }
    if (value.value === "#") return this.#document;
    const name = definitionName(value.value);
    if (name === undefined) {
      const hint = "Put what it means into $defs, at the top of the schema";
      this.#report("C1802", value.span, `"${key}" must be # or #/$defs/name, not ${quote(value.value)}`, hint);
      return undefined;
    }
    const found = findDefinition(value.value, this.#document);
    if (found !== undefined) return found;
    const near = nearest(name, [...definitionsOf(this.#document).keys()]);
    const hint = near === undefined ? `Write ${quote(name)} into $defs` : `Did you mean #/$defs/${near}?`;
    this.#report("C1802", value.span, `there is no ${quote(value.value)}`, hint);
    return undefined;
  }

  #choice(entry: YamlEntry, isInObject: boolean): TypeId {
    const ids = this.#schemasOf(entry).map((schema) => this.#idOf(schema, isInObject));
    if (entry.key === "oneOf") this.#questions.push(() => this.#checkDisjoint(entry, ids));
    return this.builder.union(ids);
  }

  /** Of `oneOf` a value must not fit two. */
  #checkDisjoint({ keySpan }: YamlEntry, ids: readonly TypeId[]): void {
    for (const [index, id] of ids.entries()) {
      const other = ids.findIndex((each, at) => at > index && !areDisjoint(id, each, this.builder));
      if (other < 0) continue;
      const message = `a value may fit schema ${index + 1} and schema ${other + 1} of "oneOf", which no type rules out`;
      const hint = "Write anyOf, or tell them apart by a required property with a const";
      this.#report("C1803", keySpan, message, hint);
      return;
    }
  }

  /** The values of `const` or `enum`. */
  #values(entry: YamlEntry, type: TypeId): TypeId {
    const isList = entry.key === "enum" && entry.value.kind === "list";
    if (entry.key === "enum" && (entry.value.kind !== "list" || entry.value.items.length === 0)) {
      this.#mustBe(entry, "a list of values");
      return this.builder.simple("unknown");
    }
    const nodes = isList && entry.value.kind === "list" ? entry.value.items : [entry.value];
    const ids = nodes.map((node) => {
      const id = this.#constant(node);
      const { kind } = this.builder.node(id);
      // A list or an object may still turn out to be none of the type, for what is inside of it.
      const isScalar = kind !== "object" && kind !== "tuple";
      if (isScalar && this.builder.isNever(this.#intersections.of(type, id))) {
        const message = `${kindOf(node)} of "${entry.key}" is not of the type that stands beside it`;
        this.#report("C1802", node.span, message, 'Leave it out, or add its type to "type"');
      }
      return id;
    });
    return this.builder.union(ids);
  }

  /** The type of one value. */
  #constant(node: YamlNode): TypeId {
    const { builder } = this;
    if (node.kind === "list") {
      const elements = node.items.map((item): TupleElement => ({ type: this.#constant(item), presence: "required" }));
      return builder.add({ kind: "tuple", elements });
    }
    if (node.kind === "map") {
      const properties = [...node.entries.values()]
        .map(({ key, value }): Property => ({ name: key, type: this.#constant(value), isOptional: false }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const indexes = [{ key: builder.simple("string"), type: builder.simple("never") }];
      return builder.add({ kind: "object", properties, indexes });
    }
    if (node.value === null) return builder.simple("null");
    if (typeof node.value !== "number" || Number.isFinite(node.value)) return builder.literal(node.value);
    this.#report("C1802", node.span, `JSON has no ${node.written}`, "Write a number of JSON");
    return builder.simple("number");
  }

  /** Of a keyword that holds a list of them. */
  #schemasOf(entry: YamlEntry | undefined): readonly YamlNode[] {
    if (entry === undefined) return [];
    if (entry.value.kind === "list" && entry.value.items.length > 0) return entry.value.items;
    this.#mustBe(entry, "a list of schemas");
    return [];
  }

  #mustBe({ key, value }: YamlEntry, wanted: string, hint?: string): void {
    const found = value.kind === "list" && value.items.length === 0 ? "an empty list" : kindOf(value);
    this.#report("C1802", value.span, `"${key}" must be ${wanted}, not ${found}`, hint);
  }
}

function isSchema(node: YamlNode): boolean {
  return isMap(node) || (node.kind === "scalar" && typeof node.value === "boolean");
}

/** Whether it only says what an object has: of which type a value is, something beside it must say. */
function isBare(node: YamlNode): boolean {
  if (!isMap(node)) return false;
  return ![...combiningKeywords, "type"].some((keyword) => node.entries.has(keyword));
}

function entriesOf(map: YamlMap, keywords: readonly string[]): readonly YamlEntry[] {
  return keywords.flatMap((keyword) => map.entries.get(keyword) ?? []);
}

function partition<T>(all: readonly T[], test: (each: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(test), all.filter((each) => !test(each))];
}
