import fc from "fast-check";

/** Strings made to collide: separators, escapes, lone surrogates, nothing, and a lot. */
export const hostileText = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: "binary" }) },
  {
    weight: 8,
    arbitrary: fc.string({
      unit: fc.constantFrom(":", "%", "{", "}", "~", "%e", "%3A", "u", "D800", "\ud800", "\udc00", " ", "a", ""),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: fc.constantFrom("a", ":", "\ud800"), minLength: 1, maxLength: 4 })
      .map((text) => text.repeat(10_000 / text.length)),
  },
);
