import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { findingsIn } from "../read/read-text.ts";
import { breaking, brokenRules, fallsBack, isUnclearable } from "./broken-rules.ts";

/** The file with a comment behind a line, counted from 1, or with lines before it. */
function behind(line: number, comment: string): string {
  return edited(line, (text) => [`${text} ${comment}`]);
}

function above(line: number, ...lines: readonly string[]): string {
  return edited(line, (text) => [...lines, text]);
}

function edited(line: number, edit: (text: string) => readonly string[]): string {
  return breaking
    .split("\n")
    .flatMap((text, index) => (index === line - 1 ? edit(text) : [text]))
    .join("\n");
}

describe("a comment cachetory-ignore", () => {
  it.each([
    "# cachetory-ignore C1402",
    "# cachetory-ignore unclearable-cache",
    "#cachetory-ignore C1402",
    "# cachetory-ignore C1402 the keys are few",
    "# cachetory-ignore unclearable-cache: the keys are few, and expire",
    "# cachetory-ignore: C1402 - the keys are few",
  ])("suppresses what is found on its line: %s", (comment) => {
    expect(brokenRules(behind(7, comment))).toEqual([fallsBack]);
  });

  it("on a line of its own, suppresses what is found on the next one", () => {
    expect(brokenRules(above(7, "  # cachetory-ignore C1402 the keys are few"))).toEqual([fallsBack]);
  });

  it("stands above others, one for each rule", () => {
    const both = edited(7, (text) => [
      "# cachetory-ignore C1402 the keys are few",
      "# A page as it is sent.",
      text.replace("value: string", "blocking: true, value: string"),
    ]);
    expect(brokenRules(both)).toEqual([fallsBack, "9:36 warning C1504 true"]);
    expect(brokenRules(both.replace("# A page", "# cachetory-ignore C1504 a page"))).toEqual([fallsBack]);
  });

  it("names several rules, with commas between them", () => {
    const yaml = edited(7, (text) => [
      `${text.replace("value", "blocking: true, value")} # cachetory-ignore C1402,unused-blocking , C1401`,
    ]);
    expect(brokenRules(yaml)).toEqual([fallsBack, "7:101 warning C1703 C1401"]);
  });

  it("works with the line ends of Windows", () => {
    const yaml = above(7, "# cachetory-ignore C1402").replaceAll("\n", "\r\n");
    expect(brokenRules(yaml)).toEqual([fallsBack]);
  });

  it("works in a flow mapping of several lines", () => {
    const yaml = edited(7, () => ["  page: {", '    key: "{path}", # cachetory-ignore C1402', "    value: string }"]);
    expect(brokenRules(yaml)).toEqual([fallsBack]);
  });

  it("is text inside of quotes and of a block scalar", () => {
    for (const lines of [
      ["  page:", '    key: "{path}"', "    value: string", "    description: |", "      # cachetory-ignore C1402"],
      [
        "  page:",
        "    value: string",
        '    description: "all',
        "      # cachetory-ignore C1402",
        '      of them"',
        '    key: "{path}"',
      ],
    ]) {
      expect(brokenRules(edited(7, () => lines)).map((found) => found.replace(/^\S+ /, ""))).toEqual([
        "warning C1401 ${REDIS_URL:-memory://}",
        'warning C1402 "{path}"',
      ]);
    }
  });

  it("suppresses no rule that it does not name, and nothing further on", () => {
    expect(brokenRules(behind(7, "# cachetory-ignore C1401"))).toEqual([
      fallsBack,
      isUnclearable,
      "7:61 warning C1703 C1401",
    ]);
    expect(brokenRules(above(7, "# cachetory-ignore C1402", ""))).toEqual([
      fallsBack,
      "7:20 warning C1703 C1402",
      isUnclearable.replace("7:", "9:"),
    ]);
    expect(brokenRules(behind(6, "# cachetory-ignore C1402"))).toEqual([
      fallsBack,
      "6:28 warning C1703 C1402",
      isUnclearable,
    ]);
  });

  it("suppresses no error", () => {
    expect(findingsIn(`${behind(7, "# cachetory-ignore C1101").replace("ttl: 1h", "ttl: soon")}`)).toMatchObject([
      { code: "C1401" },
      { code: "C1101" },
      { at: "7:61", text: "C1101", code: "C1702", hint: "Mend what it finds, and leave this out" },
    ]);
  });

  it("suppresses what the rules make an error", () => {
    const yaml = `${behind(7, "# cachetory-ignore C1402")}rules: { C1402: error, C1401: off }\n`;
    expect(brokenRules(yaml)).toEqual([]);
  });

  it("names a rule", () => {
    expect(findingsIn(behind(7, "# cachetory-ignore unclearble-cache few"))).toContainEqual(
      expect.objectContaining({ at: "7:61", text: "unclearble-cache", code: "C1701" }),
    );
    expect(findingsIn(behind(7, "# cachetory-ignore"))).toContainEqual({
      at: "7:42",
      text: "# cachetory-ignore",
      code: "C1701",
      message: "the comment cachetory-ignore names no rule",
      hint: "Write one after it, and why: # cachetory-ignore unclearable-cache its entries expire soon enough",
    });
  });

  it("is none that only begins alike", () => {
    expect(brokenRules(behind(7, "# cachetory-ignored C1402"))).toEqual([fallsBack, isUnclearable]);
    expect(brokenRules(behind(7, "# see cachetory-ignore C1402"))).toEqual([fallsBack, isUnclearable]);
  });
});

describe("a suppression of nothing", () => {
  const idle = behind(5, "# cachetory-ignore C1402");
  const place = "5:59 warning C1703 C1402";

  it("is found", () => {
    expect(brokenRules(idle)).toEqual([fallsBack, place, isUnclearable]);
  });

  it("is not looked for where an error may keep something from being found", () => {
    expect(brokenRules(idle.replace("ttl: 1h", "ttl: soon"))).not.toContain(expect.stringContaining("C1703"));
  });

  it("is not looked for by validate where generate alone finds what is suppressed", () => {
    expect(brokenRules(behind(5, "# cachetory-ignore missing-package"))).toEqual([fallsBack, isUnclearable]);
  });

  it("has a severity like others", () => {
    expect(brokenRules(`${idle}rules: { C1703: off }\n`)).toEqual([fallsBack, isUnclearable]);
    expect(brokenRules(`${idle}rules: { unused-suppression: error }\n`)).toContain(place.replace("warning", "error"));
  });

  it("can be suppressed itself", () => {
    expect(brokenRules(idle.replace("C1402", "C1402, unused-suppression for now"))).toEqual([fallsBack, isUnclearable]);
  });

  it("is none of a rule that is off, but broken", () => {
    expect(brokenRules(`${behind(7, "# cachetory-ignore C1402")}rules: { C1402: off }\n`)).toEqual([fallsBack]);
  });
});

it("is never found in text, however YAML writes that", () => {
  const marked = fc
    .tuple(fc.constantFrom("", " ", "\n", "\n\n  ", "é\t"), fc.string(), fc.boolean())
    .map(([before, after, isEnd]) => `${before}# cachetory-ignore C1402${isEnd ? "" : ` ${after}`}`);
  const style = fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE", "BLOCK_LITERAL", "BLOCK_FOLDED");
  fc.assert(
    fc.property(marked, style, fc.boolean(), (description, defaultStringType, isFlow) => {
      const parsed = parse(breaking);
      parsed.caches.page = { description, ...parsed.caches.page };
      const yaml = stringify(parsed, { defaultStringType, collectionStyle: isFlow ? "flow" : "any" });
      const codes = brokenRules(yaml).map((found) => found.split(" ")[2]);
      expect([yaml, codes]).toEqual([yaml, ["C1401", "C1402"]]);
    }),
  );
});

it("suppresses what it names and nothing else, wherever it stands in the file", () => {
  const lines = [3, 4, 5, 6, 7] as const;
  const rule = fc.constantFrom<"C1401" | "C1402">("C1401", "C1402");
  const comment = fc.record({ line: fc.constantFrom(...lines), rules: fc.uniqueArray(rule, { minLength: 1 }) });
  fc.assert(
    fc.property(comment, fc.string(), (at, reason) => {
      const written = `# cachetory-ignore ${at.rules.join(", ")}: ${reason.replaceAll(/[\r\n]/g, " ")}`;
      const found = brokenRules(behind(at.line, written.replaceAll(/[^\x20-\x7e]/g, "?")));
      const suppresses = (line: number, code: "C1401" | "C1402"): boolean =>
        at.line === line && at.rules.includes(code);
      expect(found.includes(fallsBack)).toBe(!suppresses(4, "C1401"));
      expect(found.includes(isUnclearable)).toBe(!suppresses(7, "C1402"));
    }),
  );
});
