import type { LiteralNode, TypeId, TypeNode } from "../model/type-ir.ts";
import { isAbsence, isAnything, isComplex, nodeOf } from "./checked-type.ts";
import { type Code, code, joinCode, local, runtimeValue } from "./code.ts";
import { stringLiteral } from "./literal.ts";
import { templatePattern } from "./template-pattern.ts";

/** More literals than these are looked up in a set. */
const maxCompared = 12;
/** More words than these are only counted. */
const maxWords = 6;

/** Constants of the module that conditions use, each once. */
export class CheckConstants {
  readonly #declarations = new Map<string, Code>();
  readonly #prefix: string;

  /** @param prefix - what their names begin with, where others have constants in the same module */
  constructor(prefix = "") {
    this.#prefix = prefix;
  }

  get blocks(): readonly Code[] {
    return [...this.#declarations.values()];
  }

  name(stem: string, value: Code, key: string): Code {
    const names = [...this.#declarations.keys()];
    const index = names.indexOf(key);
    const name = local(`${this.#prefix}${stem}${(index < 0 ? names.length : index) + 1}`);
    if (index < 0) this.#declarations.set(key, code`const ${name} = ${value};`);
    return name;
  }
}

/** What is true of a value that is none of a type. */
export interface Condition {
  readonly code: Code;
  /** Whether it is made of alternatives, and so needs brackets among others. */
  readonly isLoose?: true;
}

/** Conditions on `value` that all hold where it is none of the types, which have no parts to look into. */
export function misfitConditions(
  ids: readonly TypeId[],
  value: Code,
  nodes: readonly TypeNode[],
  constants: CheckConstants,
): readonly Condition[] {
  const members = ids.flatMap((id) => simpleMembers(nodeOf(id, nodes), nodes));
  if (isPresence(members)) return [{ code: code`${value} === undefined` }];
  const literals = members.filter((node): node is LiteralNode => node.kind === "literal");
  const others = members.filter((node) => node.kind !== "literal" || literals.length <= maxCompared);
  const conditions = others.map((node) => conditionOf(node, value, nodes, constants));
  if (literals.length <= maxCompared) return conditions;
  const list = literals.map((literal) => literalText(literal)).join(", ");
  const set = constants.name("values", `/* @__PURE__ */ new Set<unknown>([${list}])`, list);
  return [{ code: code`!${set}.has(${value})` }, ...conditions];
}

/** `{} | null`, which is whatever is there. */
function isPresence(members: readonly TypeNode[]): boolean {
  return (
    members.some(({ kind }) => kind === "null") && members.some((node) => node.kind === "object" && isAnything(node))
  );
}

function simpleMembers(node: TypeNode, nodes: readonly TypeNode[]): readonly TypeNode[] {
  if (node.kind !== "union") return [node];
  return node.members.filter((id) => !isComplex(id, nodes)).map((id) => nodeOf(id, nodes));
}

function conditionOf(node: TypeNode, value: Code, nodes: readonly TypeNode[], constants: CheckConstants): Condition {
  switch (node.kind) {
    case "null":
    case "undefined":
      return { code: code`${value} !== ${node.kind}` };
    case "boolean":
    case "number":
    case "bigint":
    case "string":
      return { code: code`typeof ${value} !== "${node.kind}"` };
    case "integer":
      return { code: code`!Number.isInteger(${value})` };
    case "literal":
      return { code: code`${value} !== ${literalText(node)}` };
    case "bigint-literal":
      return { code: code`${value} !== ${node.digits}n` };
    case "template": {
      const pattern = `/${templatePattern(node, nodes)}/`;
      const form = constants.name("form", pattern, pattern);
      return { code: code`typeof ${value} !== "string" || !${form}.test(${value})`, isLoose: true };
    }
    case "builtin":
      return { code: code`!${runtimeValue("isBuiltin")}(${value}, ${stringLiteral(node.name)})` };
    case "object":
      return { code: code`${value} === undefined || ${value} === null`, isLoose: true };
    case "never":
      // Always true, in words that no compiler takes for the end of the function.
      return { code: code`${value} === undefined || ${value} !== undefined`, isLoose: true };
    default:
      throw new Error(`There is no condition for the type ${node.kind}.`);
  }
}

/** As the language writes it. */
export function literalText({ value }: LiteralNode): string {
  return typeof value === "string" ? stringLiteral(value) : String(value);
}

export function allOf(conditions: readonly Condition[]): Code {
  const codes = conditions.map(({ code: text, isLoose }) =>
    isLoose && conditions.length > 1 ? code`(${text})` : text,
  );
  return joinCode(codes, " && ");
}

/** One of the types in words: `"a", "b" or null`. */
export function expectedText(ids: readonly TypeId[], nodes: readonly TypeNode[]): string {
  const members = ids.flatMap((id) => {
    const node = nodeOf(id, nodes);
    return node.kind === "union" ? node.members.map((member) => nodeOf(member, nodes)) : [node];
  });
  if (isPresence(members)) return "anything";
  // What a union names last is mostly the absence.
  const words = [...new Set([...members].sort((a, b) => Number(isAbsence(a)) - Number(isAbsence(b))).map(wordOf))];
  if (words.length > maxWords) {
    return `${words.slice(0, maxWords - 1).join(", ")} or one of ${words.length - maxWords + 1} more`;
  }
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

function wordOf(node: TypeNode): string {
  switch (node.kind) {
    case "literal":
      return literalText(node);
    case "bigint-literal":
      return `${node.digits}n`;
    case "template":
      return "a string of its form";
    case "array":
      return "an array";
    case "tuple":
      return tupleWord(node.elements.map(({ presence }) => presence));
    case "object":
      return isAnything(node) ? "anything but null" : "an object";
    case "map":
      return "a Map";
    case "set":
      return "a Set";
    case "builtin":
      return /^[AEI]/.test(node.name) ? `an ${node.name}` : `a ${node.name}`;
    case "integer":
      return "an integer";
    case "null":
      return "null";
    case "undefined":
      return "nothing";
    case "never":
      return "anything at all";
    default:
      return `a ${node.kind}`;
  }
}

function tupleWord(presences: readonly string[]): string {
  const least = presences.filter((presence) => presence === "required").length;
  const most = presences.includes("rest") ? undefined : presences.length;
  if (most === undefined) return `an array of at least ${items(least)}`;
  return most === least ? `an array of ${items(least)}` : `an array of ${least} to ${items(most)}`;
}

function items(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}
