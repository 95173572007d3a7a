import { describe, expect, it } from "vitest";
import { ruleCodes, rules } from "../../../generator/src/model/rules.ts";
import { findingsIn } from "../read/read-text.ts";
import { breaking, brokenRules, fallsBack, isUnclearable } from "./broken-rules.ts";

/** The file with `rules` in its last lines. */
function withRules(...lines: readonly string[]): string {
  return `${breaking}rules:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

describe("the severity of a rule", () => {
  it("is its default where nothing is said", () => {
    expect(brokenRules(breaking)).toEqual([fallsBack, isUnclearable]);
  });

  it.each(["C1402", "unclearable-cache"])("is set by %s", (rule) => {
    expect(brokenRules(withRules(`${rule}: off`))).toEqual([fallsBack]);
    expect(brokenRules(withRules(`${rule}: warning`))).toEqual([fallsBack, isUnclearable]);
    expect(brokenRules(withRules(`${rule}: error`))).toEqual([fallsBack, isUnclearable.replace("warning", "error")]);
  });

  it("may be set for several rules at once", () => {
    expect(brokenRules(withRules("C1401: off", "unclearable-cache: off"))).toEqual([]);
  });

  it("is off, warning or error", () => {
    expect(findingsIn(withRules("C1402: of"))).toContainEqual({
      at: "9:10",
      text: "of",
      code: "C1008",
      message: '"C1402" must be off or warning or error, not the text "of"',
      hint: "Did you mean off?",
    });
    expect(findingsIn(withRules("unclearable-cache: false"))).toContainEqual({
      at: "9:22",
      text: "false",
      code: "C1008",
      message: '"unclearable-cache" must be text, not false',
      hint: "For example: rules: { unclearable-cache: off }",
    });
  });

  it("is set once", () => {
    expect(findingsIn(withRules("C1402: off", "unclearable-cache: error"))).toContainEqual({
      at: "10:3",
      text: "unclearable-cache",
      code: "C1005",
      message: '"unclearable-cache" sets a rule that is set already',
      hint: "Keep one of them",
    });
  });

  it.each([
    ["unclearable-caches", '"unclearable-cache"'],
    ["C1410", '"C1401"'],
  ])("is not of %s, but perhaps of %s", (written, meant) => {
    expect(findingsIn(withRules(`${written}: off`))).toContainEqual({
      at: "9:3",
      text: written,
      code: "C1701",
      message: `no rule is called "${written}"`,
      hint: `Did you mean ${meant}?`,
    });
  });

  it("is not of what resembles none", () => {
    const names = ruleCodes.map((code) => rules[code].name).join(", ");
    expect(findingsIn(withRules("zebra: off"))).toContainEqual(expect.objectContaining({ hint: `Rules: ${names}` }));
  });

  it("is not that of an error, which nobody can take back", () => {
    expect(findingsIn(withRules("C1204: off"))).toContainEqual({
      at: "9:3",
      text: "C1204",
      code: "C1702",
      message: '"C1204" is no rule but an error, which cannot be set or suppressed',
      hint: "Mend what it finds, and leave this out",
    });
  });
});

describe("an included file", () => {
  const main = `version: 1\noutput: src/caches\ninclude: [pages.yaml]\nrules: { C1402: error }\n`;
  const included = breaking.replace("output: src/caches\n", "");

  it("has the rules of the file that includes it", () => {
    expect(brokenRules(main, { "/project/pages.yaml": included })).toEqual([
      `pages.yaml:${fallsBack.replace("4:", "3:")}`,
      `pages.yaml:${isUnclearable.replace("7:", "6:").replace("warning", "error")}`,
    ]);
  });

  it("says none itself", () => {
    expect(brokenRules(main, { "/project/pages.yaml": `${included}rules: { C1401: off }\n` })).toContain(
      "pages.yaml:7:1 error C1015 rules",
    );
  });

  it("suppresses in its own lines", () => {
    const commented = included.replace("value: string }", "value: string } # cachetory-ignore C1402");
    expect(brokenRules(main, { "/project/pages.yaml": commented })).toEqual([
      `pages.yaml:${fallsBack.replace("4:", "3:")}`,
    ]);
  });
});
