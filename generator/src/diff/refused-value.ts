import { allowsUndefined, isAnything, isUnchecked, nodeOf } from "../emit/checked-type.ts";
import { knownFingerprints, typeFingerprints } from "../model/type-fingerprints.ts";
import type { ArrayNode, MapNode, ObjectNode, SetNode, TupleNode, TypeId, TypeIr, TypeNode } from "../model/type-ir.ts";
import { absent, type Demand, type Field, type Found, fillFields } from "./fill-fields.ts";
import { partsNamed, tellingNames } from "./object-fields.ts";
import { elementAt, leastLength, mayHaveLength, mostLength, namedLength } from "./sequence-items.ts";
import { acceptsSimple, isAnyText, simpleValues } from "./simple-values.ts";

/** The first step of a pipeline whose entries tell their type; it decides which values there can be. */
export type DescribingStep = "json" | "msgpack" | "pickle" | "v8";

const searches = new WeakMap<TypeIr["nodes"], WeakMap<TypeIr["nodes"], Map<DescribingStep, RefusalSearch>>>();

/** The search between the types of two resolutions, whose answers serve all types that are made of them. */
export function refusalSearch(from: TypeIr["nodes"], to: TypeIr["nodes"], step: DescribingStep): RefusalSearch {
  const ofFrom = searches.get(from) ?? new WeakMap<TypeIr["nodes"], Map<DescribingStep, RefusalSearch>>();
  searches.set(from, ofFrom);
  const ofBoth = ofFrom.get(to) ?? new Map<DescribingStep, RefusalSearch>();
  ofFrom.set(to, ofBoth);
  const search = ofBoth.get(step) ?? new RefusalSearch(from, to, step);
  ofBoth.set(step, search);
  return search;
}

/** Questions within questions; what lies deeper waits, and is taken for answered with "none" until it is its turn. */
const maxDepth = 60;

/**
 * Looks for values of one type, as a serializer gives them back, that the validator of another one refuses. A value of a
 * type has the properties that the type names and no others; a validator lets others through.
 *
 * What is asked is whether a value is refused by all types of a list: so a union is refused, whose members a value need not
 * fit one by one. An answer of "none" is taken for granted while it is being looked for, as recursive types need it, and
 * all is asked again until nothing new is found: then no such answer hangs on one that was found wrong.
 */
export class RefusalSearch {
  readonly #from: readonly TypeNode[];
  readonly #to: readonly TypeNode[];
  readonly #fromPrints: readonly string[];
  readonly #toPrints: readonly string[];
  readonly #step: DescribingStep;
  /** What `unknown` stands for: types that together have every value. */
  readonly #anything: readonly TypeId[];
  /** Beside the types that read: the one of `undefined`. */
  readonly undefinedType: TypeId;
  readonly #found = new Map<string, Found>();
  /** Questions to which the answer is "none" for good. */
  readonly #none = new Set<string>();
  #asked = new Set<string>();
  /** Questions that wait for their turn, for no thread's stack is deep enough for every web of types. */
  readonly #waiting: (() => void)[] = [];
  #depth = 0;

  constructor(from: TypeIr["nodes"], to: TypeIr["nodes"], step: DescribingStep) {
    const anything = anythingOf(from.length, step);
    this.#from = [...from, ...anything];
    this.#to = [...to, { kind: "undefined" }];
    this.#fromPrints = [...knownFingerprints(from), ...typeFingerprints(anythingOf(0, step))];
    this.#toPrints = knownFingerprints(to);
    this.#step = step;
    this.#anything = anything.flatMap((node, index) => (node.kind === "unknown" ? [] : [from.length + index]));
    this.undefinedType = to.length;
  }

  /** A value of the first type that all the others refuse; `undefined` where there certainly is none. */
  find(from: TypeId, to: readonly TypeId[]): Found | undefined {
    for (;;) {
      this.#asked = new Set();
      const before = this.#found.size;
      const found = this.#refused(from, to);
      for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) next();
      if (found !== undefined) return found;
      if (this.#found.size > before) continue;
      for (const question of this.#asked) if (!this.#found.has(question)) this.#none.add(question);
      return undefined;
    }
  }

  #refused(from: TypeId, to: readonly TypeId[]): Found | undefined {
    const options = [...new Set(to.flatMap((id) => membersOf(id, this.#to)))].sort((a, b) => a - b);
    if (options.some((id) => isUnchecked(id, this.#to))) return undefined;
    // Every value of a type fits it, however large it is.
    if (options.some((id) => this.#toPrints[id] === this.#fromPrints[from])) return undefined;
    const question = `${from} ${options.join(" ")}`;
    const known = this.#found.get(question);
    if (known !== undefined || this.#asked.has(question) || this.#none.has(question)) return known;
    this.#asked.add(question);
    if (this.#depth >= maxDepth) {
      this.#waiting.push(() => this.#answer(question, from, options));
      return undefined;
    }
    return this.#answer(question, from, options);
  }

  #answer(question: string, from: TypeId, options: readonly TypeId[]): Found | undefined {
    this.#depth += 1;
    const found = this.#look(from, options);
    this.#depth -= 1;
    if (found !== undefined) this.#found.set(question, found);
    return found;
  }

  #look(from: TypeId, to: readonly TypeId[]): Found | undefined {
    const node = nodeOf(from, this.#from);
    if (node.kind === "union") return this.#refusedOf(node.members, to);
    if (isUnchecked(from, this.#from)) return this.#refusedOf(this.#anything, to);
    const others = to.map((id) => nodeOf(id, this.#to));
    if (isSimple(node)) return this.#simple(node, others);
    if (others.some((other) => other.kind === "object" && isAnything(other))) return undefined;
    switch (node.kind) {
      case "object": {
        // All but the first, which is null.
        if (isAnything(node)) return this.#refusedOf(this.#anything.slice(1), to);
        return this.#record(node, others.filter(isObject));
      }
      case "array":
      case "tuple":
        return this.#sequence(node, others.filter(isSequence));
      case "map": {
        const refusers = others.filter(isMap).map(({ keys, values }) => [keys, values]);
        const mapOf = (items: readonly unknown[]): Map<unknown, unknown> =>
          new Map(items.flatMap((item, at) => (at % 2 === 0 ? [[item, items[at + 1]] as const] : [])));
        return this.#collection([node.keys, node.values], refusers, mapOf);
      }
      case "set": {
        const refusers = others.filter(isSet).map(({ items }) => [items]);
        return this.#collection([node.items], refusers, (items) => new Set(items));
      }
      default:
        return undefined;
    }
  }

  /** Rather one that is certain. */
  #refusedOf(from: readonly TypeId[], to: readonly TypeId[]): Found | undefined {
    let doubtful: Found | undefined;
    for (const id of from) {
      const found = this.#refused(id, to);
      if (found?.isCertain === true) return found;
      doubtful ??= found;
    }
    return doubtful;
  }

  #simple(node: TypeNode, others: readonly TypeNode[]): Found | undefined {
    if (node.kind === "undefined" && !this.#keepsUndefined) return undefined;
    const { values, isAll } = simpleValues(node, this.#from, others.length);
    const refused = values.filter((value) => !others.some((other) => acceptsSimple(other, value, this.#to)));
    if (refused.length > 0) return { value: refused[0], isCertain: true };
    const isText = others.some(
      (other) => other.kind === "string" || (other.kind === "template" && isAnyText(other, this.#to)),
    );
    return isAll || isText ? undefined : { value: values[0], isCertain: false };
  }

  #record(node: ObjectNode, others: readonly ObjectNode[]): Found | undefined {
    const names = tellingNames([[node, this.#from], ...others.map((other) => [other, this.#to] as const)]);
    const fields = names.map((name): Field => {
      const [part] = partsNamed(node, name, this.#from);
      if (part === undefined) return { type: undefined, mayBeAbsent: true, isFixed: true };
      return this.#field(part.type, part.presence !== "required" || allowsUndefined(part.type, this.#from));
    });
    const refusers = others.map((other) =>
      names.flatMap((name, field) =>
        partsNamed(other, name, this.#to).map((part) => this.#demand(field, part.type, part.presence)),
      ),
    );
    return this.#filled(fields, refusers, (items) => {
      const object = {};
      for (const [index, value] of items.entries()) {
        if (value === absent) continue;
        // By definition: a property may be called __proto__.
        Object.defineProperty(object, names[index] ?? "", {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return object;
    });
  }

  #sequence(node: ArrayNode | TupleNode, others: readonly (ArrayNode | TupleNode)[]): Found | undefined {
    const least = leastLength(node);
    const telling = Math.max(namedLength(node), ...others.map((other) => namedLength(other) + 1)) + others.length;
    let doubtful: Found | undefined;
    for (let length = least; length <= Math.min(mostLength(node), Math.max(least, telling)); length++) {
      const indexes = Array.from({ length }, (_, index) => index);
      const fields = indexes.map((index): Field => {
        const element = elementAt(node, index, length);
        return this.#field(element?.type, element?.presence === "optional" && this.#keepsUndefined);
      });
      const refusers = others
        .filter((other) => mayHaveLength(other, length))
        .map((other) =>
          indexes.flatMap((index) => {
            const element = elementAt(other, index, length);
            return element === undefined ? [] : [this.#demand(index, element.type, element.presence)];
          }),
        );
      const found = this.#filled(fields, refusers, (items) =>
        items.map((item) => (item === absent ? undefined : item)),
      );
      if (found?.isCertain === true) return found;
      doubtful ??= found;
    }
    return doubtful;
  }

  /** A collection of entries, each with the same parts: one entry for each other type is enough to be refused by all. */
  #collection(
    parts: readonly TypeId[],
    others: readonly (readonly TypeId[])[],
    build: (items: readonly unknown[]) => ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>,
  ): Found | undefined {
    const samples = parts.flatMap((type) => this.#refused(type, []) ?? []);
    // Without a value for each part there are no entries, and an empty collection is of every type.
    if (samples.length < parts.length) return others.length === 0 ? { value: build([]), isCertain: true } : undefined;
    const fields = others.flatMap(() => parts.map((type) => this.#field(type, true)));
    const refusers = others.map((types, refuser) =>
      Array.from({ length: (refuser + 1) * parts.length }, (_, field) =>
        this.#demand(field, types[field % parts.length] ?? 0, "index"),
      ),
    );
    const filled = this.#filled(fields, refusers, (items) => items);
    if (filled === undefined) return undefined;
    const items = filled.value as readonly unknown[];
    const entries = others
      .map((_, entry) => items.slice(entry * parts.length, (entry + 1) * parts.length))
      .filter((entry) => entry.some((item) => item !== absent));
    const value = build(
      entries.flatMap((entry) => entry.map((item, at) => (item === absent ? samples[at]?.value : item))),
    );
    // Entries that turn out to be one and the same are not what was looked for.
    return { value, isCertain: filled.isCertain && value.size === entries.length };
  }

  #field(type: TypeId | undefined, mayBeAbsent: boolean): Field {
    const kind = type === undefined ? undefined : nodeOf(type, this.#from).kind;
    const hasOneValue = kind === "literal" || kind === "null" || kind === "bigint-literal";
    return { type, mayBeAbsent, isFixed: hasOneValue && !mayBeAbsent };
  }

  #demand(field: number, type: TypeId, presence: "required" | "optional" | "rest" | "index"): Demand {
    const isOptional = presence === "optional";
    return {
      field,
      types: isOptional ? [type, this.undefinedType] : [type],
      refusesAbsence: presence !== "index" && !isOptional && !allowsUndefined(type, this.#to),
    };
  }

  #filled(
    fields: readonly Field[],
    refusers: readonly (readonly Demand[])[],
    build: (items: readonly unknown[]) => unknown,
  ): Found | undefined {
    const filled = fillFields(fields, refusers, (from, to) => this.#refused(from, to));
    if (filled === undefined) return undefined;
    return { value: build(filled.map(({ value }) => value)), isCertain: filled.every(({ isCertain }) => isCertain) };
  }

  /** Whether what is `undefined` comes back as that; else a property is absent, and nothing else can be `undefined`. */
  get #keepsUndefined(): boolean {
    return this.#step !== "json";
  }
}

/** Types that together have every value that a serializer gives back: `null` first, then those of which `unknown` is a part. */
function anythingOf(first: TypeId, step: DescribingStep): readonly TypeNode[] {
  const unknown = first;
  const kept =
    step === "json" ? [] : (["Date", "Uint8Array"] as const).map((name): TypeNode => ({ kind: "builtin", name }));
  const cloned: readonly TypeNode[] =
    step === "v8"
      ? [{ kind: "bigint" }, { kind: "map", keys: unknown, values: unknown }, { kind: "set", items: unknown }]
      : [];
  return [
    { kind: "unknown" },
    { kind: "null" },
    { kind: "boolean" },
    { kind: "number" },
    { kind: "string" },
    { kind: "array", items: unknown },
    { kind: "object", properties: [], indexes: [{ key: first + 4, type: unknown }] },
    ...kept,
    ...cloned,
  ];
}

function membersOf(id: TypeId, nodes: readonly TypeNode[]): readonly TypeId[] {
  const node = nodeOf(id, nodes);
  return node.kind === "union" ? node.members : [id];
}

function isSimple({ kind }: TypeNode): boolean {
  return !["object", "array", "tuple", "map", "set", "never"].includes(kind);
}

function isObject(node: TypeNode): node is ObjectNode {
  return node.kind === "object";
}

function isSequence(node: TypeNode): node is ArrayNode | TupleNode {
  return node.kind === "array" || node.kind === "tuple";
}

function isMap(node: TypeNode): node is MapNode {
  return node.kind === "map";
}

function isSet(node: TypeNode): node is SetNode {
  return node.kind === "set";
}
