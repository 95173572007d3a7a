import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { diagnosticCodes } from "../../../generator/src/model/diagnostic.ts";
import { ruleCodes, rules } from "../../../generator/src/model/rules.ts";

const root = resolve(import.meta.dirname, "../../..");
const diagnostics = readFileSync(join(root, "docs/diagnostics.md"), "utf8");
const headings = [...diagnostics.matchAll(/^## (.*)$/gm)].map(([, text]) => text);

it("every code has an entry in docs/diagnostics.md under its title, in order, and nothing else has", () => {
  expect(headings).toEqual(Object.entries(diagnosticCodes).map(([code, title]) => `${code} — ${title}`));
});

it.each(ruleCodes)("the entry of %s names the rule and its default, and no other entry names one", (code) => {
  const { name, severity } = rules[code];
  const sections = diagnostics.split(/^(?=## )/m).filter((section) => section.includes(`Rule \`${name}\`, `));
  const article = severity === "error" ? "an" : "a";
  expect(sections).toEqual([
    expect.stringMatching(new RegExp(`^## ${code} — .*\n\nRule \`${name}\`, ${article} ${severity}\\.`)),
  ]);
});

it("every code is used", () => {
  const source = join(root, "generator/src");
  const text = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/model[\\/](?:diagnostic|rules)\.ts$/.test(name))
    .map((name) => readFileSync(join(source, name), "utf8"))
    .join("\n");
  expect(Object.keys(diagnosticCodes).filter((code) => !text.includes(`"${code}"`))).toEqual([]);
});
