import {
  backendSchemes,
  nearest,
  optionDefaults,
  optionProperty,
  readOptions,
  serializerSchemes,
} from "@cachetory/runtime/schemes";
import { expect, test } from "vitest";

const specs = {
  level: { kind: "integer", min: -1, max: 9, default: "-1", description: "" },
  wait: { kind: "duration", min: 1, max: 5_000, default: "1s", description: "" },
  space: { kind: "size", description: "" },
  family: { kind: "choice", choices: ["4", "6"], description: "" },
  quick: { kind: "boolean", description: "" },
  title: { kind: "text", description: "" },
} as const;

test("options are read into milliseconds, bytes, numbers and truths", () => {
  const { values, problems } = readOptions(specs, [
    ["level", "-1"],
    ["wait", "2s"],
    ["space", "1kb"],
    ["family", "6"],
    ["quick", "false"],
    ["title", "a b"],
  ]);
  expect(problems).toEqual([]);
  expect([...values]).toEqual([
    ["level", -1],
    ["wait", 2_000],
    ["space", 1_024],
    ["family", "6"],
    ["quick", false],
    ["title", "a b"],
  ]);
});

test.each([
  ["level", "10", 'option "level" must be a whole number from -1 to 9, not "10"'],
  ["level", "-2", 'option "level" must be a whole number from -1 to 9, not "-2"'],
  ["level", "1e0", 'option "level" must be a whole number from -1 to 9, not "1e0"'],
  ["level", "", 'option "level" must be a whole number from -1 to 9, not ""'],
  ["wait", "6s", 'option "wait" must be a duration such as 500ms, 30s or 10m, at least 1ms, at most 5000ms, not "6s"'],
  ["wait", "0s", 'option "wait" must be a duration such as 500ms, 30s or 10m, at least 1ms, at most 5000ms, not "0s"'],
  ["wait", "30", 'option "wait" must be a duration such as 500ms, 30s or 10m, at least 1ms, at most 5000ms, not "30"'],
  ["space", "-1", 'option "space" must be a size such as 500, 64kb, 64mb or 1gb, not "-1"'],
  ["family", "5", 'option "family" must be one of 4, 6, not "5"'],
  ["quick", "yes", 'option "quick" must be true or false, not "yes"'],
  ["title", "", 'option "title" must be a text that is not empty, not ""'],
])("%s=%s is refused with what is allowed", (option, text, message) => {
  const { values, problems } = readOptions(specs, [[option, text]]);
  expect(values.size).toBe(0);
  expect(problems).toEqual([expect.objectContaining({ option, message })]);
});

test("an unknown option names the nearest and all that are allowed", () => {
  expect(readOptions(specs, [["levle", "1"]]).problems).toEqual([
    {
      option: "levle",
      message: 'unknown option "levle"',
      hint: 'Did you mean "level"? Allowed: family, level, quick, space, title, wait',
    },
  ]);
});

test.each(["constructor", "__proto__", "toString"])("an option called %s is unknown like any other", (option) => {
  expect(readOptions({}, [[option, "1"]]).problems).toEqual([
    { option, message: `unknown option "${option}"`, hint: "No options are allowed here" },
  ]);
});

test("an option that is given twice is refused", () => {
  const { problems } = readOptions(specs, [
    ["level", "1"],
    ["level", "1"],
  ]);
  expect(problems).toMatchObject([{ option: "level", message: 'option "level" is given more than once' }]);
});

test("defaults are the read form of what the table says", () => {
  expect([...optionDefaults(specs)]).toEqual([
    ["level", -1],
    ["wait", 1_000],
  ]);
});

test.each([...backendSchemes, ...serializerSchemes])(
  "the defaults of $scheme are in their own range",
  ({ options }) => {
    const written = Object.entries(options).filter(([, spec]) => spec.default !== undefined);
    expect(optionDefaults(options).size).toBe(written.length);
  },
);

test.each([
  ["jsno", "json"],
  ["JSON", "json"],
  ["zsdt", "zstd"],
  ["zlb", "zlib"],
  ["pickle", undefined],
  ["", undefined],
])("%j is near to %j", (name, expected) => {
  expect(nearest(name, ["json", "zlib", "zstd", "v8"])).toBe(expected);
});

test.each([
  ["compression-level", "compressionLevel"],
  ["max-bytes", "maxBytes"],
  ["family", "family"],
])("the option %s is %s in code", (option, property) => {
  expect(optionProperty(option)).toBe(property);
});
