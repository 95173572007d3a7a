import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { diagnosticCodes } from "../../../generator/src/model/diagnostic.ts";

const root = resolve(import.meta.dirname, "../../..");
const headings = [...readFileSync(join(root, "docs/diagnostics.md"), "utf8").matchAll(/^## (.*)$/gm)].map(
  ([, text]) => text,
);

it("every code has an entry in docs/diagnostics.md under its title, in order, and nothing else has", () => {
  expect(headings).toEqual(Object.entries(diagnosticCodes).map(([code, title]) => `${code} — ${title}`));
});

it("every code is used", () => {
  const source = join(root, "generator/src");
  const text = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/model[\\/](?:diagnostic|rules)\.ts$/.test(name))
    .map((name) => readFileSync(join(source, name), "utf8"))
    .join("\n");
  expect(Object.keys(diagnosticCodes).filter((code) => !text.includes(`"${code}"`))).toEqual([]);
});
