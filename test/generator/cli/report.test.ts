import { describe, expect, it } from "vitest";
import type { ReportFormat } from "../../../generator/src/cli/command-options.ts";
import { formatReport } from "../../../generator/src/cli/report/report.ts";
import { displayPath, positionOf } from "../../../generator/src/cli/report/source-texts.ts";
import { type Diagnostic, errorAt } from "../../../generator/src/model/diagnostic.ts";

const file = "/work/a.yaml";

function report(format: ReportFormat, text: string, diagnostics: readonly Diagnostic[], hasColor = false): string {
  const sources = {
    text: (name: string) => (name === file ? text : undefined),
    name: (name: string) => displayPath(name, "/work"),
  };
  return formatReport(diagnostics, { format, sources, hasColor });
}

function at(text: string, part: string): { file: string; start: number; end: number } {
  const start = text.indexOf(part);
  return { file, start, end: start + part.length };
}

/** The line of a frame that shows `part`, and what underlines it. */
function frameOf(text: string, part: string): readonly string[] {
  const lines = report("pretty", text, [errorAt("C1002", at(text, part), "m")]).split("\n");
  const underline = lines.findIndex((line) => /\| *\^+$/.test(line));
  return [lines[underline - 1] ?? "", lines[underline] ?? ""];
}

describe("pretty", () => {
  it("shows place, message, line, hint and related places", () => {
    const text = "a: 1\nb: 2\na: 3\n";
    const finding = errorAt("C1005", { file, start: 10, end: 11 }, '"a" is written twice', "Keep one of them", [
      { span: at(text, "a"), message: '"a" is first written here' },
    ]);
    expect(report("pretty", text, [finding])).toBe(`a.yaml:3:1 error C1005 "a" is written twice

  2 | b: 2
  3 | a: 3
    | ^
  hint: Keep one of them
  see: a.yaml:1:1 "a" is first written here

1 error.
`);
  });

  it("shows the message alone where no file is to blame, and counts", () => {
    const warning: Diagnostic = { ...errorAt("C1001", undefined, "w"), severity: "warning" };
    expect(report("pretty", "", [errorAt("C1001", undefined, "x"), errorAt("C1001", undefined, "y"), warning])).toBe(
      "error C1001 x\n\nerror C1001 y\n\nwarning C1001 w\n\n2 errors, 1 warning.\n",
    );
  });

  it("says nothing where nothing is found", () => expect(report("pretty", "", [])).toBe(""));

  it("uses colours where it may", () => {
    expect(report("pretty", "", [errorAt("C1001", undefined, "x")], true)).toContain("\u001b[31m");
  });

  it("underlines after wide characters", () => {
    expect(frameOf("日本: bad", "bad")).toEqual(["  1 | 日本: bad", "    |       ^^^"]);
    expect(frameOf("👩‍👩‍👧: bad", "bad")).toEqual(["  1 | 👩‍👩‍👧: bad", "    |     ^^^"]);
    expect(frameOf("e\u0301: bad", "bad")).toEqual(["  1 | e\u0301: bad", "    |    ^^^"]);
  });

  it("underlines wide characters", () => {
    expect(frameOf("a: 日本", "日本")).toEqual(["  1 | a: 日本", "    |    ^^^^"]);
  });

  it("shows tabs as two spaces", () => {
    expect(frameOf("\tx:\tbad", "bad")).toEqual(["  1 |   x:  bad", "    |       ^^^"]);
  });

  it("underlines the first line of what has several", () => {
    expect(frameOf("a: |\n  x\n  y\n", "|\n  x")).toEqual(["  1 | a: |", "    |    ^"]);
  });

  it("points past the end of a line", () => {
    const [finding] = [errorAt("C1002", { file, start: 2, end: 2 }, "m")];
    expect(report("pretty", "ab\n", [finding as Diagnostic])).toContain("  1 | ab\n    |   ^\n");
  });

  it("cuts long lines around the offending text", () => {
    const [line = "", underline = ""] = frameOf(`${"x".repeat(1_000)}BAD${"y".repeat(1_000)}`, "BAD");
    expect(line.length).toBeLessThan(140);
    expect(line).toMatch(/^ {2}1 \| …x+BADy+…$/);
    expect(underline.indexOf("^")).toBe(line.indexOf("BAD"));
    expect(underline.trimEnd().length).toBe(line.indexOf("BAD") + 3);
  });

  it("lets no text steer the terminal", () => {
    const text = "a: \u001b[2J\u202ebad\n";
    const shown = report("pretty", text, [errorAt("C1002", at(text, "bad"), "\u001b]0;title\u0007\nsecond")]);
    expect(shown).toContain("\\u{1b}]0;title\\u{7}\\u{a}second");
    expect(shown).toContain("  1 | a: \\u{1b}[2J\\u{202e}bad\n    |                     ^^^\n");
  });

  it("shows no secret in place of the name of its variable", () => {
    const shown = (line: string): string | undefined => frameOf(`${line}\n`, line.slice(0, 3))[0]?.slice(6);
    expect(shown("serializer: json+hmac://?keys=k1:c2VjcmV0")).toBe("serializer: json+hmac://?keys=***********");
    expect(shown("serializer: [json, 'hmac://?keys=c2Vj/cmV0=']")).toBe(
      "serializer: [json, 'hmac://?keys=**********']",
    );
    expect(shown('c: { key-secret: "c2VjcmV0=", ttl: 1h }')).toBe('c: { key-secret: "*********", ttl: 1h }');
    for (const named of ["s: hmac://?keys=CACHE_KEYS", "c: { key-secret: KEY_SECRET }", "key-secret: ${KEY_SECRET}"]) {
      expect(shown(named)).toBe(named);
    }
  });

  it("shows no password of a URL", () => {
    const text = "url: redis://user:s3cret@host/x\n";
    expect(frameOf(text, "host")[0]).toBe("  1 | url: redis://user:******@host/x");
  });
});

describe("text", () => {
  it("has a line for each finding", () => {
    const text = "a: 1\nb: soon\n";
    expect(
      report("text", text, [
        errorAt("C1101", at(text, "soon"), "no\nduration", "Write 5s"),
        errorAt("C1001", undefined, "x"),
      ]),
    ).toBe("a.yaml:2:4: error C1101: no duration (Write 5s)\nerror C1001: x\n");
  });
});

describe("json", () => {
  it("has all that is known", () => {
    const text = "a: 1\r\nb: soon\r\n";
    const finding = errorAt("C1101", at(text, "soon"), 'no "duration"', "Write 5s", [
      { span: at(text, "a"), message: "here" },
    ]);
    expect(JSON.parse(report("json", text, [finding, errorAt("C1001", undefined, "x")]))).toEqual([
      {
        code: "C1101",
        severity: "error",
        message: 'no "duration"',
        hint: "Write 5s",
        file: "a.yaml",
        start: { offset: 9, line: 2, column: 4 },
        end: { offset: 13, line: 2, column: 8 },
        related: [
          {
            message: "here",
            file: "a.yaml",
            start: { offset: 0, line: 1, column: 1 },
            end: { offset: 1, line: 1, column: 2 },
          },
        ],
      },
      { code: "C1001", severity: "error", message: "x" },
    ]);
  });
});

describe("github", () => {
  it("lets no text steer the terminal of a log", () => {
    expect(report("github", "", [errorAt("C1001", undefined, "\u001b[2J\na", "\u202eb")])).toBe(
      "::error title=C1001 The file cannot be read::\\u{1b}[2J%0Aa%0A\\u{202e}b\n",
    );
  });

  it("escapes what would end a command or a property", () => {
    const odd = { file: "/work/a,b:c%.yaml", start: 0, end: 0 };
    expect(report("github", "", [errorAt("C1101", odd, "50%\r\nof: a, b", "Do")])).toBe(
      "::error file=a%2Cb%3Ac%25.yaml,line=1,col=1,endColumn=1,title=C1101 Invalid duration::50%25%0D%0Aof: a, b%0ADo\n",
    );
  });

  it("names the lines of what has several", () => {
    expect(report("github", "a\nb\n", [errorAt("C1002", { file, start: 0, end: 3 }, "m")])).toBe(
      "::error file=a.yaml,line=1,col=1,endLine=2,title=C1002 Invalid YAML::m\n",
    );
  });

  it("needs no place", () => {
    expect(report("github", "", [errorAt("C1001", undefined, "m")])).toBe(
      "::error title=C1001 The file cannot be read::m\n",
    );
  });
});

describe("a place", () => {
  it("counts lines by each kind of line break", () => {
    const text = "a\nb\r\nc\rd";
    expect(["a", "b", "c", "d"].map((letter) => positionOf(text, text.indexOf(letter)).line)).toEqual([1, 2, 3, 4]);
    expect(positionOf(text, 99)).toEqual({ line: 4, column: 2 });
  });

  it("is in a file below the folder, else shown whole", () => {
    expect(displayPath("/work/src/a.ts", "/work")).toBe("src/a.ts");
    expect(displayPath("/other/a.ts", "/work")).toBe("/other/a.ts");
    expect(displayPath("/work/..a/b.ts", "/work")).toBe("..a/b.ts");
  });
});
