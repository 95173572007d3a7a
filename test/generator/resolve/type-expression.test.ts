import { describe, expect, test } from "vitest";
import { parseTypeExpression } from "../../../generator/src/resolve/type-expression.ts";

/** The text with the names from outside in brackets. */
function marked(expression: string): string {
  const parsed = parseTypeExpression(expression);
  if ("message" in parsed) throw new Error(parsed.message);
  return parsed.text.map((part) => (typeof part === "string" ? part : `[${part.name}]`)).join("");
}

function problem(expression: string): string | undefined {
  const parsed = parseTypeExpression(expression);
  return "message" in parsed ? parsed.message : undefined;
}

describe("a type expression takes from outside", () => {
  test.each([
    ["User", "[User]"],
    ["Page<Product> | null", "[Page]<[Product]> | null"],
    ["Shop.Order.Line", "[Shop].Order.Line"],
    ["typeof config.limits", "typeof [config].limits"],
    ["{ user: User }", "{ user: [User] }"],
    ["{ [K in keyof User]: User[K] }", "{ [K in keyof [User]]: [User][K] }"],
    ["{ [id: string]: User }", "{ [id: string]: [User] }"],
    ["User extends { id: infer Id } ? Id : never", "[User] extends { id: infer Id } ? Id : never"],
    ["User extends { id: infer Id } ? 1 : Id", "[User] extends { id: infer Id } ? 1 : [Id]"],
    ["ReturnType<<T>(x: T, y: typeof x) => T>", "[ReturnType]<<T>(x: T, y: typeof x) => T>"],
    ["[first: User, rest: Other]", "[first: [User], rest: [Other]]"],
    ["`user-${Id}`", "`user-${[Id]}`"],
    ['"User"', '"User"'],
    ["| User | Other", "| [User] | [Other]"],
    ["Array</* < */ User>", "[Array]< [User]>"],
    ["{ [tag]: User }", "{ [[tag]]: [User] }"],
  ])("%s", (expression, expected) => {
    expect(marked(expression)).toBe(expected);
  });
});

test("white space becomes one space, and comments go", () => {
  expect(marked("  Map<\n  string, // the id\n\n  /* who */ User\n>")).toBe("[Map]< string, [User] >");
});

test("a line break between members becomes the semicolon that it stands for", () => {
  expect(marked("{ id: string\n name: string, age: number\n }")).toBe("{ id: string; name: string, age: number }");
});

test("white space inside of literals stays", () => {
  expect(marked('"a  b" | `c  ${string}`')).toBe('"a  b" | `c  ${string}`');
});

describe("is not one type", () => {
  test.each([
    ["", "Type expected"],
    ["Product[", "']' expected"],
    ["Page<", "'>' expected"],
    ["string; type Other = 1", "it goes on after the end of the type"],
    ["string } declare global {", "Declaration or statement expected"],
    ["User;", "it goes on after the end of the type"],
    ["string // open", undefined],
    ["a b", "it goes on after the end of the type"],
    ['import("./a.ts").A', "import() cannot be used here"],
    ['Array<import("./a.ts").A>', "import() cannot be used here"],
  ])("%s", (expression, expected) => {
    expect(problem(expression)).toBe(expected);
  });
});
