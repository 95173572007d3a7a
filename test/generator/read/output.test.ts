import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const withOutput = (output: string): string => cacheWith("key: c", "value: string").replace("src/caches", output);

describe("output", () => {
  it("is relative to the YAML file", () => {
    expect(declarationsOf(withOutput("src/caches")).output).toBe("/project/src/caches");
    expect(declarationsOf(withOutput("./gen/../caches/")).output).toBe("/project/caches");
  });

  const refused: readonly (readonly [string, string, string?])[] = [
    [".", '"output" is the folder of the YAML file itself'],
    ["src/..", '"output" is the folder of the YAML file itself'],
    ["../caches", '"output" leaves the folder of the YAML file: "../caches"'],
    ["src/../../caches", '"output" leaves the folder of the YAML file: "src/../../caches"'],
    ["..", '"output" leaves the folder of the YAML file: ".."'],
    ["/", '"output" must be relative to the YAML file, not "/"'],
    ["/project/src", '"output" must be relative to the YAML file, not "/project/src"'],
    ["C:/caches", '"output" must be relative to the YAML file, not "C:/caches"'],
    ["src\\caches", '"output" is written with / on every system, not "src\\caches"'],
    ['""', '"output" is empty'],
    ['"a\\0b"', '"output" holds a control character'],
  ];
  for (const [output, message] of refused) {
    it(`is not ${output}`, () => {
      expect(findingsIn(withOutput(output))).toEqual([
        {
          at: "2:9",
          text: output,
          code: "C1107",
          message,
          hint: "Name a folder of its own below the YAML file, such as src/caches",
        },
      ]);
    });
  }
});
