import type { Mutant } from "./mutant.ts";

/** The guards of tags, each taken out. */
export const tagsMutants: readonly Mutant[] = [
  {
    name: "an entry remembers the tags of before its load",
    from: 70,
    concerns: { policy: "tags", near: "none", faults: "none" },
    edits: [
      {
        file: "cache/enveloping-codec.ts",
        text: "return this.#draft(this.#codec.encode(value, key), value, key, stamp, false);",
        replacement: "return this.#draft(this.#codec.encode(value, key), value, key, stamp && undefined, false);",
      },
    ],
  },
  {
    name: "an entry holds while its tags do",
    concerns: { policy: "tags", near: "none" },
    edits: [
      {
        file: "tags/tag-versions.ts",
        text: "return areSame(own, records.slice(0, ownCount)) && areSame(tokens, records.slice(records.length - tokens.length));",
        replacement: "return areSame(own, records.slice(0, ownCount));",
      },
    ],
  },
  {
    name: "a value is stored while its family is as before its load",
    from: 110,
    concerns: { policy: "tags", near: "none" },
    edits: [
      {
        file: "tags/tag-versions.ts",
        text: "if (!areSame(families, now.slice(names.size))) return [];",
        replacement: "",
      },
    ],
  },
  {
    name: "an invalidation of a tag is one of its family",
    from: 170,
    concerns: { policy: "tags", near: "none" },
    edits: [
      {
        file: "tags/cache-tags.ts",
        text: "tags.flatMap((tag) => [this.#records.familyKey(tag.family), this.#records.keyOfTag(tag)])",
        replacement: "tags.flatMap((tag) => [this.#records.keyOfTag(tag)])",
      },
    ],
  },
  {
    name: "an invalidation of tags voids the loads under way",
    from: 40,
    concerns: { policy: "tags", near: "none", faults: "none" },
    edits: [
      {
        file: "tags/cache-tags.ts",
        text: "for (const cache of taggedBeside(backend, this.prefix)) cache.invalidate(tags);",
        replacement: "",
      },
    ],
  },
  {
    name: "a clear makes another record of the cache",
    concerns: { policy: "tags", near: "none" },
    edits: [
      {
        file: "tags/cache-tags.ts",
        text: "const invalidated = this.#opened().delete(this.#cacheKey);",
        replacement: "const invalidated = Promise.resolve();",
      },
    ],
  },
];
