import luaparse, { type Expression, type Statement } from "luaparse";

/** A value of Lua: nil is `undefined`. Text holds one byte in a character, as far as scripts look at it. */
export type LuaValue = undefined | boolean | number | string | LuaTable | LuaFunction;
type LuaFunction = (...args: LuaValue[]) => LuaValue | readonly LuaValue[];

/** A list from 1 on, or names; what scripts of Redis make of tables. */
export class LuaTable {
  readonly #entries = new Map<LuaValue, LuaValue>();

  static of(items: readonly LuaValue[]): LuaTable {
    const table = new LuaTable();
    for (const [index, item] of items.entries()) table.set(index + 1, item);
    return table;
  }

  get(key: LuaValue): LuaValue {
    return this.#entries.get(key);
  }

  set(key: LuaValue, value: LuaValue): void {
    if (value === undefined) this.#entries.delete(key);
    else this.#entries.set(key, value);
  }

  get length(): number {
    let length = 0;
    while (this.#entries.has(length + 1)) length += 1;
    return length;
  }

  /** The items from 1 on, to the first that is missing. */
  get items(): readonly LuaValue[] {
    return Array.from({ length: this.length }, (_, index) => this.get(index + 1));
  }
}

/** What `error` of Lua throws, and what a command that is refused does. */
export class LuaError extends Error {}

/** A script: gets the functions of Redis and its tables KEYS and ARGV, and gives what it returns. */
export type Script = (globals: Readonly<Record<string, LuaValue>>) => LuaValue;

/**
 * Makes a script of Redis a function: the part of Lua 5.1 that scripts of caches are written in. What it does not know it
 * refuses when it is made.
 */
export function compileScript(text: string): Script {
  const chunk = luaparse.parse(text, { luaVersion: "5.1", scope: true, encodingMode: "pseudo-latin1" });
  const body = block(chunk.body);
  // What is run is made of the nodes of a parser, and holds no text but as JSON.
  const make = new Function("L", "G", `"use strict";${body}\nreturn undefined;`) as (
    functions: typeof library,
    globals: Readonly<Record<string, LuaValue>>,
  ) => LuaValue;
  return (globals) => library.first(make(library, { ...standard, ...globals }));
}

function block(statements: readonly Statement[]): string {
  return statements.map(statement).join("\n");
}

function statement(node: Statement): string {
  switch (node.type) {
    case "LocalStatement": {
      const values = node.init.map(expression);
      const names = node.variables.map((variable) => declared(variable.name));
      if (values.length <= 1 && names.length === 1) return `let ${names[0]}=${values[0] ?? "undefined"};`;
      return `let [${names.join(",")}]=[${values.join(",")}];`;
    }
    case "AssignmentStatement":
      return node.variables.map((target, index) => assigned(target, expressionAt(node.init, index))).join("");
    case "CallStatement":
      return `${expression(node.expression)};`;
    case "FunctionDeclaration": {
      if (!node.isLocal || node.identifier?.type !== "Identifier") throw unknownNode(node.type);
      const name = declared(node.identifier.name);
      const parameters = node.parameters.map((parameter) => {
        if (parameter.type !== "Identifier") throw unknownNode(parameter.type);
        return declared(parameter.name);
      });
      return `let ${name}=(${parameters.join(",")})=>{${block(node.body)}};`;
    }
    case "IfStatement":
      return node.clauses
        .map((clause, index) => {
          const body = `{${block(clause.body)}}`;
          if (clause.type === "ElseClause") return `else${body}`;
          return `${index === 0 ? "" : "else "}if(L.isTrue(${expression(clause.condition)}))${body}`;
        })
        .join("");
    case "ForNumericStatement": {
      if (node.step !== null) throw unknownNode("step of a for");
      const [start, end] = [expression(node.start), expression(node.end)];
      const name = declared(node.variable.name);
      return `for(let ${name}=${start},end=${end};${name}<=end;${name}++){${block(node.body)}}`;
    }
    case "ReturnStatement":
      if (node.arguments.length > 1) throw unknownNode("return of several values");
      return `return ${expressionAt(node.arguments, 0)};`;
    default:
      throw unknownNode(node.type);
  }
}

function expressionAt(nodes: readonly Expression[], index: number): string {
  const node = nodes[index];
  return node === undefined ? "undefined" : expression(node);
}

function assigned(target: Expression, value: string): string {
  if (target.type === "Identifier") return `${declared(target.name)}=${value};`;
  if (target.type !== "IndexExpression") throw unknownNode(target.type);
  return `${expression(target.base)}.set(${expression(target.index)},${value});`;
}

function expression(node: Expression): string {
  switch (node.type) {
    case "Identifier":
      return isLocal(node) ? declared(node.name) : `G[${JSON.stringify(node.name)}]`;
    case "StringLiteral":
      return JSON.stringify(node.value);
    case "NumericLiteral":
      return String(node.value);
    case "BooleanLiteral":
      return String(node.value);
    case "NilLiteral":
      return "undefined";
    case "IndexExpression":
      return `L.first(${expression(node.base)}.get(${expression(node.index)}))`;
    case "MemberExpression":
      return `${expression(node.base)}.get(${JSON.stringify(node.identifier.name)})`;
    case "CallExpression":
      return `L.first(${expression(node.base)}(...[${node.arguments.map(spread).join(",")}]))`;
    case "TableConstructorExpression":
      return `L.table([${node.fields.map((field) => (field.type === "TableValue" ? spread(field.value) : refuse(field.type))).join(",")}])`;
    case "UnaryExpression":
      if (node.operator === "not") return `!L.isTrue(${expression(node.argument)})`;
      if (node.operator === "#") return `L.length(${expression(node.argument)})`;
      return `-(${expression(node.argument)})`;
    case "LogicalExpression": {
      const [left, right] = [expression(node.left), expression(node.right)];
      return node.operator === "and" ? `L.and(${left},()=>${right})` : `L.or(${left},()=>${right})`;
    }
    case "BinaryExpression":
      return binary(node.operator, expression(node.left), expression(node.right));
    default:
      throw unknownNode(node.type);
  }
}

/** `unpack` gives all of its list where it comes last. */
function spread(node: Expression): string {
  const isUnpack = node.type === "CallExpression" && node.base.type === "Identifier" && node.base.name === "unpack";
  if (!isUnpack) return expression(node);
  return `...L.unpack(${node.arguments.map(expression).join(",")})`;
}

function binary(operator: string, left: string, right: string): string {
  switch (operator) {
    case "==":
      return `(${left}===${right})`;
    case "~=":
      return `(${left}!==${right})`;
    case "..":
      return `(L.text(${left})+L.text(${right}))`;
    case "<":
    case ">":
    case "<=":
    case ">=":
      return `L.compared(${left},${right},(a,b)=>a${operator}b)`;
    case "+":
    case "-":
    case "*":
    case "/":
      return `(L.number(${left})${operator}L.number(${right}))`;
    case "%":
      return `L.modulo(L.number(${left}),L.number(${right}))`;
    default:
      throw unknownNode(operator);
  }
}

function declared(name: string): string {
  return `$${name}`;
}

/** The parser says so where it is asked for scopes, and its types do not. */
function isLocal(node: object): boolean {
  return "isLocal" in node && node.isLocal === true;
}

function refuse(what: string): never {
  throw unknownNode(what);
}

function unknownNode(what: string): Error {
  return new Error(`The model of Lua does not know: ${what}. Teach it in test/simulation/lua.ts.`);
}

const library = {
  first: (value: LuaValue | readonly LuaValue[]): LuaValue =>
    Array.isArray(value) ? (value[0] as LuaValue) : (value as LuaValue),
  isTrue: (value: LuaValue): boolean => value !== undefined && value !== false,
  and: (left: LuaValue, right: () => LuaValue): LuaValue => (library.isTrue(left) ? right() : left),
  or: (left: LuaValue, right: () => LuaValue): LuaValue => (library.isTrue(left) ? left : right()),
  table: (items: readonly LuaValue[]): LuaTable => LuaTable.of(items),
  length(value: LuaValue): number {
    if (value instanceof LuaTable) return value.length;
    if (typeof value === "string") return value.length;
    throw new LuaError("attempt to get length of what has none");
  },
  text(value: LuaValue): string {
    if (typeof value === "string") return value;
    if (typeof value === "number") return numberText(value);
    throw new LuaError("attempt to concatenate what is no text");
  },
  number(value: LuaValue): number {
    const number = typeof value === "number" ? value : typeof value === "string" ? Number(value) : Number.NaN;
    if (Number.isNaN(number)) throw new LuaError("attempt to perform arithmetic on what is no number");
    return number;
  },
  compared(left: LuaValue, right: LuaValue, compare: (a: never, b: never) => boolean): boolean {
    if (typeof left !== typeof right || (typeof left !== "number" && typeof left !== "string")) {
      throw new LuaError(`attempt to compare ${typeof left} with ${typeof right}`);
    }
    return compare(left as never, right as never);
  },
  modulo: (a: number, b: number): number => a - Math.floor(a / b) * b,
  unpack(list: LuaValue, from: LuaValue = 1, to?: LuaValue): readonly LuaValue[] {
    if (!(list instanceof LuaTable)) throw new LuaError("bad argument to unpack");
    const [first, last] = [library.number(from), to === undefined ? list.length : library.number(to)];
    const items: LuaValue[] = [];
    for (let index = first; index <= last; index += 1) items.push(list.get(index));
    return items;
  },
};

/** As %.14g prints it. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return String(Number(value.toPrecision(14)));
}

function tableOf(entries: Readonly<Record<string, LuaValue>>): LuaTable {
  const table = new LuaTable();
  for (const [name, value] of Object.entries(entries)) table.set(name, value);
  return table;
}

function toNumber(value: LuaValue, base: LuaValue = 10): LuaValue {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const trimmed = value.trim();
  if (base === 10) return trimmed === "" || Number.isNaN(Number(trimmed)) ? undefined : Number(trimmed);
  const number = Number.parseInt(trimmed, Number(base));
  return Number.isNaN(number) ? undefined : number;
}

function found(text: LuaValue, pattern: LuaValue, from: LuaValue = 1, isPlain?: LuaValue): LuaValue {
  if (isPlain !== true) throw unknownNode("string.find of a pattern");
  const at = String(text).indexOf(String(pattern), Number(from) - 1);
  return at === -1 ? undefined : at + 1;
}

/** Of patterns whose characters mean in JavaScript what they mean in Lua. */
function matched(text: LuaValue, pattern: LuaValue): LuaValue {
  if (/[%.*?-]/.test(String(pattern).replace(/\[[^\]]*\]/g, ""))) throw unknownNode(`the pattern ${String(pattern)}`);
  const match = new RegExp(String(pattern)).exec(String(text));
  return match === null ? undefined : (match[1] ?? match[0]);
}

const standard: Readonly<Record<string, LuaValue>> = {
  type: (value) => {
    if (value === undefined) return "nil";
    return value instanceof LuaTable ? "table" : typeof value;
  },
  tonumber: toNumber,
  tostring: (value) => (typeof value === "number" ? numberText(value) : String(value)),
  unpack: (list, from, to) => library.unpack(list, from, to),
  math: tableOf({
    floor: (value) => Math.floor(library.number(value)),
    max: (...values) => Math.max(...values.map(library.number)),
    min: (...values) => Math.min(...values.map(library.number)),
  }),
  string: tableOf({
    sub: (text, from, to = -1) => {
      const whole = String(text);
      const end = Number(to) < 0 ? whole.length + Number(to) + 1 : Number(to);
      return whole.slice(Math.max(0, Number(from) - 1), end);
    },
    find: found,
    match: matched,
    format: (form, value) => {
      if (form !== "%.0f") throw unknownNode(`string.format of ${String(form)}`);
      return library.number(value).toFixed(0);
    },
  }),
};
