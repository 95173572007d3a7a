import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { repository } from "../support/repository.ts";

// A script has no types of its own.
const { verdictOf }: { readonly verdictOf: (output: string) => unknown } = await import(
  pathToFileURL(join(repository, "scripts/audit-verdict.mjs")).href
);

const report = (counts: object, vulnerabilities: object = {}): string =>
  `npm warn something\n${JSON.stringify({ vulnerabilities, metadata: { vulnerabilities: { total: 1, ...counts } } })}\n`;

test("a vulnerability of level high or critical fails, and is named", () => {
  const found = { evil: { name: "evil", severity: "high", range: "<2" } };
  expect(verdictOf(report({ high: 1 }, found))).toEqual({
    kind: "refused",
    text: "1 known vulnerabilities in what users install.\nhigh: evil <2",
  });
  expect(verdictOf(report({ critical: 1 }))).toMatchObject({ kind: "refused" });
});

test("lesser ones are told, and pass", () => {
  expect(verdictOf(report({ moderate: 1 }))).toMatchObject({ kind: "passed" });
});

test.each([
  [
    'npm warn audit 405 Method Not Allowed\n{ "message": "no such endpoint", "error": { "summary": "" } }',
    "no such endpoint",
  ],
  ["npm error network", "no report"],
  ["", "no report"],
])("a registry that does not answer is no verdict: %s", (output, reason) => {
  expect(verdictOf(output)).toEqual({ kind: "unknown", reason });
});
