import type { Lines } from "./check-lines.ts";
import { type Code, code, joinCode, type LocalName, runtimeValue } from "./code.ts";
import { stringLiteral } from "./literal.ts";
import { FunctionScope } from "./typed/function-scope.ts";

/** A property, and what it holds. */
export interface Field {
  readonly name: string;
  readonly value: Code;
}

/** A constructor has no room within its objects for much more. */
const maxProperties = 100;

/** Parameters of so many properties are one line. */
const maxInLine = 3;

/**
 * Constructors of the module, for the objects that its functions make. V8 learns of each literal whether what it makes lasts, of the
 * first few of them and for good: had it made what a batch gave back, or what a cache was filled with, everything that it makes
 * later would be put where all that lasts has to be looked through to find what nobody needs. Of constructors it learns nothing.
 */
export class ObjectMakers {
  readonly #names: Map<string, LocalName>;
  readonly #scope = new FunctionScope();
  /** Of those that are not `others`. */
  readonly blocks: Code[] = [];

  /** @param others - of the same module, which are used where they make the same */
  constructor(others?: ObjectMakers) {
    this.#names = new Map(others === undefined ? [] : others.#names);
  }

  /**
   * Makes an object in one line.
   *
   * @param stem - of the constructor's name, where there is none for the same properties yet
   */
  make(stem: string, fields: readonly Field[]): Code {
    const maker = this.#makerOf(stem, fields);
    if (maker !== undefined) return code`new ${maker}(${joinCode(itemsOf(fields, true), ", ")})`;
    return fields.length === 0 ? "{}" : code`{ ${joinCode(itemsOf(fields, false), ", ")} }`;
  }

  /** Makes one in a line for each property. */
  makeInLines(stem: string, fields: readonly Field[]): Lines {
    const maker = this.#makerOf(stem, fields);
    if (fields.length === 0) return ["{}"];
    const items = itemsOf(fields, maker !== undefined).map((item) => code`  ${item},`);
    return maker === undefined ? ["{", ...items, "}"] : [code`new ${maker}(`, ...items, ")"];
  }

  /** `undefined` where only a literal can be. */
  #makerOf(stem: string, fields: readonly Field[]): LocalName | undefined {
    const properties = fields.map(({ name }) => name);
    if (properties.length === 0 || properties.length > maxProperties) return undefined;
    // To assign such a name may do something else than to have a property of that name.
    if (properties.some((name) => name in Object.prototype)) return undefined;
    const key = JSON.stringify(properties);
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = this.#newName(`New${stem.charAt(0).toUpperCase()}${stem.slice(1)}`);
    this.#names.set(key, name);
    this.blocks.push(declarationOf(name, properties));
    return name;
  }

  #newName(stem: string): LocalName {
    const name = this.#scope.variable(isName(stem) ? stem : "NewValue");
    return [...this.#names.values()].includes(name) ? this.#newName(stem) : name;
  }
}

function itemsOf(fields: readonly Field[], areArguments: boolean): readonly Code[] {
  return fields.map(({ name, value }) => (areArguments ? value : code`${propertyName(name)}: ${value}`));
}

/** In a literal, `__proto__` is another thing than a name. */
function propertyName(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return isName(name) ? name : stringLiteral(name);
}

function declarationOf(name: LocalName, properties: readonly string[]): Code {
  const scope = new FunctionScope();
  const fields = properties.map((property) => ({
    property: stringLiteral(property),
    value: scope.variable(isName(property) ? `${property}Value` : "fieldValue"),
  }));
  const parameters = ["this: Record<string, unknown>", ...fields.map(({ value }) => code`${value}: unknown`)];
  const body = fields.map(({ property, value }) => code`  this[${property}] = ${value};`);
  const isShort = properties.length <= maxInLine;
  const listed = isShort
    ? joinCode(parameters, ", ")
    : [...parameters.map((parameter) => code`\n  ${parameter},`), "\n"];
  const head = code`const ${name} = /* @__PURE__ */ ${runtimeValue("plainObjects")}(function (${listed}) {`;
  return joinCode([head, ...body, "});"], "\n");
}

function isName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text);
}
