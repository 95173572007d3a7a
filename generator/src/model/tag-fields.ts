import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import type { KeyType } from "./declaration.ts";
import { listNames } from "./list-names.ts";
import { type TagPartKind, type TagStep, tagPathText } from "./tag.ts";
import type { TypeId, TypeIr, TypeNode } from "./type-ir.ts";

/** A field of a value as a part of a tag. */
export interface TagField {
  readonly kind: TagPartKind;
  /** Aligned with the steps: whether what the step begins with may be `null` or absent. */
  readonly mayBeAbsent: readonly boolean[];
}

/** Why a field cannot be a part of a tag. */
export interface TagFieldProblem {
  readonly message: string;
  readonly hint: string;
}

/** What the steps lead to in every value of a type. */
export function findTagField(ir: TypeIr, steps: readonly TagStep[]): TagField | TagFieldProblem {
  const mayBeAbsent: boolean[] = [];
  let found = valuesOf(ir, [ir.root]);
  for (const [index, step] of steps.entries()) {
    mayBeAbsent.push(found.isNullable);
    const shown = tagPathText(steps.slice(0, index));
    if (step.kind === "each") {
      const arrays = found.nodes.filter((node) => node.kind === "array");
      if (arrays.length < found.nodes.length || arrays.length === 0) {
        return { message: `${quote(shown)} is no array`, hint: "Leave out [], or name a field that is one" };
      }
      found = valuesOf(
        ir,
        arrays.map(({ items }) => items),
      );
      continue;
    }
    const next = propertyOf(ir, found.nodes, step.name, shown);
    if ("message" in next) return next;
    found = next;
  }
  const kinds = new Set(found.nodes.map(partKindOf));
  const [kind] = kinds;
  const path = tagPathText(steps);
  if (kind !== undefined && kinds.size === 1) return { kind, mayBeAbsent };
  if (found.nodes.some(({ kind: nodeKind }) => nodeKind === "array")) {
    return { message: `${quote(path)} is an array`, hint: `Write {${clip(path)}[]} for a tag for each of its items` };
  }
  const words = [...kinds].map((each) => each && kindWords[each]);
  if (words.length > 1 && !words.includes(undefined)) {
    return {
      message: `${quote(path)} is ${words.sort().join(" or ")}, and a part of a tag is always of one kind`,
      hint: "Name a field of one kind",
    };
  }
  return {
    message: `${quote(path)} is not always a text, a number, a bigint, a boolean or a Date`,
    hint: "Name a field that is one of these, and always the same",
  };
}

const kindWords: Readonly<Record<TagPartKind, string>> = {
  string: "a text",
  number: "a number",
  bigint: "a bigint",
  boolean: "a boolean",
  uuid: "a UUID",
  Date: "a Date",
};

/** What a parameter of a key is in a tag; `undefined` for one that is hashed. */
export function tagKindOfKey(type: KeyType): TagPartKind | undefined {
  switch (type.kind) {
    case "string":
    case "union":
      return "string";
    case "int":
    case "number":
      return "number";
    case "bool":
      return "boolean";
    case "date":
      return "Date";
    case "uuid":
    case "bigint":
      return type.kind;
    default:
      return undefined;
  }
}

interface Values {
  /** What is neither `null` nor `undefined`. */
  readonly nodes: readonly TypeNode[];
  readonly isNullable: boolean;
}

function valuesOf({ nodes }: TypeIr, ids: readonly TypeId[]): Values {
  const members = ids.flatMap((id): readonly TypeNode[] => {
    const node = nodes[id];
    if (node === undefined) return [];
    return node.kind === "union" ? node.members.flatMap((member) => nodes[member] ?? []) : [node];
  });
  const present = members.filter(({ kind }) => kind !== "null" && kind !== "undefined");
  return { nodes: present, isNullable: present.length < members.length };
}

function propertyOf(ir: TypeIr, from: readonly TypeNode[], name: string, shown: string): Values | TagFieldProblem {
  const found: TypeId[] = [];
  let isOptional = false;
  for (const node of from) {
    const properties = node.kind === "object" ? node.properties : [];
    const property = properties.find((each) => each.name === name);
    if (property === undefined) return unknownField(name, shown, node.kind === "object" ? properties : undefined);
    found.push(property.type);
    isOptional ||= property.isOptional;
  }
  const values = valuesOf(ir, found);
  return { nodes: values.nodes, isNullable: values.isNullable || isOptional };
}

function unknownField(
  name: string,
  shown: string,
  properties: readonly { readonly name: string }[] | undefined,
): TagFieldProblem {
  const message = `${quote(shown)} does not always have a property ${quote(name)}`;
  if (properties === undefined) return { message, hint: "Name a field of an object" };
  const names = properties.map((property) => property.name);
  const near = nearest(name, names);
  const list = names.length === 0 ? "It has none" : `It has: ${listNames(names)}`;
  return { message, hint: near === undefined ? list : `Did you mean ${quote(near)}? ${list}` };
}

function partKindOf(node: TypeNode): TagPartKind | undefined {
  switch (node.kind) {
    case "string":
    case "template":
      return "string";
    case "number":
    case "integer":
      return "number";
    case "boolean":
    case "bigint":
      return node.kind;
    case "bigint-literal":
      return "bigint";
    case "literal":
      return typeof node.value === "string" ? "string" : typeof node.value === "number" ? "number" : "boolean";
    case "builtin":
      return node.name === "Date" ? "Date" : undefined;
    default:
      return undefined;
  }
}
