import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as runtime from "@cachetory/runtime";
import * as codegen from "@cachetory/runtime/codegen/v1/core";
import { backendSchemes, formatDuration, type OptionSpec, serializerSchemes } from "@cachetory/runtime/schemes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ruleCodes, rules } from "../../generator/src/model/rules.ts";
import { findAmbiguities } from "../../generator/src/read/key-ambiguity.ts";
import { parseKeyPattern } from "../../generator/src/read/key-pattern.ts";
import { readBlocks } from "../docs/code-block.ts";
import { Story } from "../docs/story.ts";
import { repository } from "../support/repository.ts";
import { runProgram } from "../support/run-program.ts";
import { codeOf, readRows, readSection } from "./markdown-table.ts";

const reference = readFileSync(join(repository, "docs/reference.md"), "utf8");
const rows = readRows(reference);

/** Of the project that the reference tells of. */
const compilerOptions = {
  target: "es2022",
  module: "nodenext",
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
};

const label = "example";
const partFunctions: Readonly<Record<string, (value: unknown) => string>> = {
  string: (value) => codegen.stringPart(value as string, label),
  int: (value) => codegen.intPart(value as number, label),
  number: (value) => codegen.numberPart(value as number, label),
  bigint: (value) => codegen.bigintPart(value as bigint, label),
  bool: (value) => codegen.boolPart(value as boolean, label),
  uuid: (value) => codegen.uuidPart(value as string, label),
  date: (value) => codegen.datePart(value as Date, label),
  hash: (value) => codegen.hashPart(value as object, label),
};

describe("every code block of the reference", () => {
  const blocks = readBlocks(reference);
  let folder: string;
  let story: Story;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "cachetory-reference-"));
    symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    story = new Story({ folder, env: {} });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
    rmSync(`${folder}.state`);
  });

  for (const block of blocks) {
    it(`line ${block.line}: ${block.language}`, { timeout: 60_000 }, () => story.tell(block));
  }

  it("compiles", { timeout: 60_000 }, () => story.end());
});

describe("the reference names", () => {
  const described = [...backendSchemes, ...serializerSchemes];
  const options = described.flatMap(({ scheme, options: specs }) =>
    Object.entries(specs).map(([option, spec]) => ({ scheme, option, spec })),
  );

  it.each(options)("the option $option of $scheme, with its kind, default and range", ({ scheme, option, spec }) => {
    const found = rows.filter(([schemes = "", name]) => isOf(schemes, scheme) && name === `\`${option}\``);

    expect(found.map(([, , kind, written, range]) => [kind, written, range])).toEqual([
      [spec.kind, spec.default === undefined ? "none" : `\`${spec.default}\``, rangeOf(spec)],
    ]);
  });

  it.each(described)("the scheme $scheme, and the package that it needs", ({ scheme, package: needed = "" }) => {
    const found = rows.filter(([first = ""]) => codeOf(first) === scheme);

    expect(found).not.toEqual([]);
    expect(found.flat().join(" ")).toContain(needed);
  });

  it.each(serializerSchemes)("the aliases of $scheme", ({ scheme, aliases = [] }) => {
    const written = readRows(readSection(reference, "## 5. URLs")).filter(
      ([first = "", second = ""]) => first.includes(`\`${scheme}\``) && aliases.every((a) => second === `\`${a}\``),
    );

    expect(written).not.toEqual([]);
  });

  it("every operation of a cache", () => {
    const operations = Object.getOwnPropertyNames(runtime.Cache.prototype).filter((name) => name !== "constructor");

    const cells = readRows(readSection(reference, "### Operations")).map(([first = ""]) => first);
    const named = cells.flatMap((cell) => [...cell.matchAll(/`([A-Za-z]+)/g)].map(([, name]) => name));

    expect(named.sort()).toEqual([...operations, "name"].sort());
  });

  it("the same operations for a cache without promises, but for what has to wait for others", () => {
    const operations = ({ prototype }: { readonly prototype: object }): string[] =>
      Object.getOwnPropertyNames(prototype).sort();

    const others = operations(runtime.Cache).filter(
      (name) => !["batch", "invalidateTags", "drain", "health", "peek"].includes(name),
    );
    expect(operations(runtime.SyncCache)).toEqual(others);
  });

  it("every error code", () => {
    const source = readFileSync(join(repository, "runtime/src/errors.ts"), "utf8");
    const union = /CachetoryErrorCode =([^;]+);/.exec(source)?.[1] ?? "";
    const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code = ""]) => code);

    expect(codes).toContain("UNAVAILABLE");
    expect(readRows(readSection(reference, "### Errors")).map(([code]) => codeOf(code))).toEqual(codes.sort());
  });

  it.each(Object.keys(runtime))("%s, which the runtime exports", (name) => {
    expect(reference).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it("every property of the schema", () => {
    const schema: unknown = JSON.parse(readFileSync(join(repository, "schemas/caches.schema.json"), "utf8"));
    const properties = propertiesOf(schema);
    const section = readSection(reference, "## 1. The YAML file");

    expect(properties).toContain("max-ttl");
    expect(properties.filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  });

  it.each(["", "init", "validate", "generate", "inspect", "diff", "get", "decode"])(
    "every option of the command line: cachetory %s",
    async (command) => {
      const cachetory = join(repository, "generator/bin/cachetory.js");
      const args = [cachetory, command, "--help"].filter((arg) => arg !== "");
      const { stdout } = await runProgram(process.execPath, args, { cwd: repository });
      const flags = [...stdout.matchAll(/^ {2}(-[\w-]+(?:, --[\w-]+)?|--[\w-]+)/gm)].map(([, flag = ""]) => flag);
      const section = readSection(reference, "## 3. Command line");

      expect(flags).not.toEqual([]);
      for (const flag of flags.flatMap((written) => written.split(", "))) expect(section).toContain(`\`${flag}`);
    },
  );

  it("every rule, with its code and its default", () => {
    const rows = readRows(readSection(reference, "### Rules")).map(([name, code, severity]) => [name, code, severity]);

    expect(rows).toEqual(ruleCodes.map((code) => [`\`${rules[code].name}\``, code, `\`${rules[code].severity}\``]));
  });

  it("no place of its own that is not there", () => {
    const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);

    expect(links.filter((anchor) => !anchorsOf(reference).includes(anchor ?? ""))).toEqual([]);
  });
});

describe("the examples in its tables hold", () => {
  const parts = readRows(readSection(reference, "### Key patterns")).flatMap(([type, value, text]) => {
    const encode = partFunctions[codeOf(type) ?? ""];
    return encode === undefined || codeOf(text) === undefined ? [] : [{ type, value, text: codeOf(text), encode }];
  });

  it("for every type of parameter", () => {
    expect(new Set(parts.map(({ type }) => codeOf(type)))).toEqual(new Set(Object.keys(partFunctions)));
  });

  it.each(parts)("a $type parameter of $value is $text", ({ value, text, encode }) => {
    expect(encode(evaluate(value))).toBe(text);
  });

  const patterns = readRows(readSection(reference, "### Key patterns")).flatMap(([first, second, third]) => {
    const pattern = codeOf(first);
    return pattern?.includes("{") && third === undefined ? [{ pattern, second: codeOf(second) ?? "" }] : [];
  });
  const hasBraces = ({ second }: { readonly second: string }): boolean => second.includes("7");

  it.each(patterns.filter(hasBraces))("the key of $pattern is $second for user 7", ({ pattern, second }) => {
    const { segments } = parseKeyPattern(pattern).pattern;

    expect(segments.map((segment) => (segment.kind === "literal" ? segment.text : "7")).join("")).toBe(second);
  });

  it.each(patterns.filter((row) => !hasBraces(row)))("$pattern is ambiguous, $second is not", ({ pattern, second }) => {
    expect(findAmbiguities(parseKeyPattern(pattern))).not.toEqual([]);
    expect(findAmbiguities(parseKeyPattern(second))).toEqual([]);
    expect(parseKeyPattern(second).problems).toEqual([]);
  });

  const calls = readRows(readSection(reference, "### `cached`")).filter(([args = ""]) => args.startsWith("`["));

  it.each(calls)("the default key of f with %s is %s", (args, key) => {
    expect(runtime.defaultKey("f", evaluate(args) as readonly unknown[])).toBe(codeOf(key));
  });
});

/** The value of a cell that holds an expression of JavaScript. */
function evaluate(cell: string | undefined): unknown {
  const expression: () => unknown = new Function(`return (${codeOf(cell)})`) as () => unknown;
  return expression();
}

/** Whether a cell of the tables speaks of a scheme: by its name, or as one of the Redis family. */
function isOf(cell: string, scheme: string): boolean {
  if (cell === "every Redis") return /^rediss?\b/.test(scheme);
  if (cell === "every Redis over TLS") return scheme.startsWith("rediss");
  return cell.includes(`\`${scheme}\``);
}

/** How a range stands in the tables. */
function rangeOf(spec: OptionSpec): string {
  switch (spec.kind) {
    case "integer":
      return `${grouped(spec.min)} to ${grouped(spec.max)}`;
    case "duration":
      return `${formatDuration(spec.min ?? 0)} to ${formatDuration(spec.max ?? Number.NaN)}`;
    case "size":
      return `from ${grouped(spec.min ?? 0)}`;
    case "choice":
      return spec.choices.map((choice) => `\`${choice}\``).join(", ");
    case "boolean":
      return "`true`, `false`";
    case "variable":
      return "the name of an environment variable; required";
    case "text":
      return "not empty";
  }
}

function grouped(number: number): string {
  return number.toLocaleString("en-US");
}

/** The names of a schema's properties, at any depth. */
function propertiesOf(schema: unknown): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own =
    "properties" in schema && typeof schema.properties === "object" ? Object.keys(schema.properties ?? {}) : [];
  const inner = Object.entries(schema).filter(([name]) => name !== "examples" && name !== "defaultSnippets");
  return [...own, ...inner.flatMap(([, value]) => propertiesOf(value))];
}

/** What GitHub calls the headings; of equal ones, the later are numbered. */
function anchorsOf(markdown: string): readonly string[] {
  const anchors: string[] = [];
  for (const [, heading = ""] of markdown.matchAll(/^#+ (.+)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-");
    const before = anchors.filter((other) => other === anchor || new RegExp(`^${anchor}-\\d+$`).test(other)).length;
    anchors.push(before === 0 ? anchor : `${anchor}-${before}`);
  }
  return anchors;
}
