import fc from "fast-check";
import { expect, it } from "vitest";
import { readDeclarations } from "../../../generator/src/read/read-declarations.ts";
import { validate } from "../../../generator/src/read/schema-validator.gen.ts";
import { readOnlyFiles } from "./memory-files.ts";
import { yamlPath } from "./read-text.ts";

function read(text: string | Uint8Array): ReturnType<typeof readDeclarations> {
  return readDeclarations(yamlPath, readOnlyFiles({ [yamlPath]: text }));
}

function expectSound(text: string): void {
  const { declarations, diagnostics } = read(text);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(declarations === undefined).toBe(errors.length > 0);
  const isOutside = diagnostics.some(
    ({ span }) => span && (span.start < 0 || span.end < span.start || span.end > text.length + 1),
  );
  expect(isOutside).toBe(false);
}

it("any text is read without an exception", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), expectSound), { numRuns: 300 });
});

it("any bytes are read without an exception", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(read(bytes).diagnostics.length).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});

const words = fc.constantFrom(
  ..."version: output: backends: caches: defaults: key: value: ttl: url: c: 1 src memory:// ${X ${X} {id} { } [ ] , - &a *a <<: | > # ' \" ~ null 5s ! % @ ? \n \n  \t : ::".split(
    " ",
  ),
  "\n  ",
  "\n    ",
  "\n",
);

it("any text that looks like YAML is read without an exception", () => {
  fc.assert(
    fc.property(
      fc.array(words, { maxLength: 40 }).map((list) => list.join(" ")),
      expectSound,
    ),
    {
      numRuns: 400,
    },
  );
});

const scalar = fc.oneof(
  fc.constantFrom(
    "1h",
    "forever",
    "PT5M",
    "P",
    "PX",
    "json",
    "noop",
    "local",
    "memory://",
    "redis://h",
    "a:{b}",
    "src/a",
    ".",
    "/",
    "a b",
    "",
    "x~",
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.string({ maxLength: 5 }),
);
const anything = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.constantFrom("type", "from", "url"), scalar, { maxKeys: 2 }) },
);

function mapping(names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(names.map((name) => [name, anything])), { requiredKeys: [] });
}

const file = fc.record(
  {
    version: fc.oneof({ weight: 9, arbitrary: fc.constant<unknown>(1) }, { weight: 1, arbitrary: anything }),
    output: fc.oneof(fc.constant<unknown>("src/a"), anything),
    backends: fc.dictionary(
      fc.constantFrom("local", "a-b", "b"),
      fc.oneof(anything, mapping(["url", "development", "prefix", "description"])),
    ),
    defaults: mapping(["backend", "serializer", "ttl", "max-ttl", "mode", "blocking"]),
    caches: fc.dictionary(
      fc.constantFrom("c", "d", "D"),
      mapping([
        "description",
        "key",
        "value",
        "ttl",
        "max-ttl",
        "backend",
        "serializer",
        "revision",
        "mode",
        "blocking",
      ]),
    ),
  },
  { requiredKeys: ["version", "output", "backends", "caches"] },
);

it("whatever the schema refuses is a finding, and what has no finding is whole", () => {
  fc.assert(
    fc.property(file, (content) => {
      // JSON is YAML, and a string without escapes keeps its places.
      const text = JSON.stringify(content, null, 1);
      expectSound(text);
      const { declarations } = read(text);
      if (!validate(content)) expect(declarations).toBeUndefined();
      if (declarations === undefined) return;
      expect(declarations.caches).toHaveLength(Object.keys(content.caches).length);
      expect(declarations.backends).toHaveLength(Object.keys(content.backends).length);
    }),
    { numRuns: 300 },
  );
});
