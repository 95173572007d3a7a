import { Cache, json, MemoryBackend } from "@cachetory/runtime";
import { fitKey, intPart, type KeyPattern, stringPart } from "@cachetory/runtime/codegen/v1/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hostileText } from "../../support/hostile-text.ts";

interface NoteKey {
  readonly author: string;
  readonly page: number;
}

const pattern: KeyPattern = {
  segments: ["note:", { name: "author", type: "string" }, ":p", { name: "page", type: "int" }],
};

const keyText = (key: NoteKey): string =>
  fitKey(`note:${stringPart(key.author, "note.author")}:p${intPart(key.page, "note.page")}`, pattern);

function noteCache(backend: MemoryBackend, prefix = ""): Cache<NoteKey, number> {
  return new Cache<NoteKey, number>({ name: "note", backend, serializer: json(), pattern, keyText, prefix });
}

describe("a declared key", () => {
  test("two different keys never give the same text", () => {
    const key = fc.record({ author: hostileText, page: fc.integer() });
    fc.assert(
      fc.property(key, key, (a, b) => (keyText(a) === keyText(b)) === (a.author === b.author && a.page === b.page)),
      { numRuns: 2000 },
    );
  });

  test("is found by clear, whatever its parameters, and by a clear of just them", async () => {
    const key = fc.record({ author: hostileText, page: fc.integer() });
    await fc.assert(
      fc.asyncProperty(key, async (one) => {
        const notes = noteCache(new MemoryBackend());
        await notes.set(one, 1);
        expect(await notes.clear({ author: one.author })).toBe(1);
        await notes.set(one, 1);
        expect(await notes.clear()).toBe(1);
      }),
    );
  });
});

describe("clear", () => {
  test("leaves keys that merely begin alike", async () => {
    const backend = new MemoryBackend();
    const all = new Cache<string, number>({ backend, serializer: json() });
    const others = ["note:a:p1:x", "note:a:p01", "note:a:b:p1", "note:a", "note::p1", "xnote:a:p1", "note:%zz:p1"];
    await all.setMany(others.map((key) => [key, 1]));
    await all.set("note:a:p1", 1);
    expect(await noteCache(backend).clear()).toBe(1);
    expect((await all.getMany(others)).size).toBe(others.length);
  });

  test("leaves the entries of another revision, over-long keys included", async () => {
    const backend = new MemoryBackend();
    const revised = { ...pattern, revision: 2 };
    const later = new Cache<NoteKey, number>({
      backend,
      serializer: json(),
      pattern: revised,
      keyText: ({ author, page }) => fitKey(`note:${author}:p${page}~r2`, revised),
    });
    await later.setMany([
      [{ author: "a", page: 1 }, 1],
      [{ author: "z".repeat(600), page: 1 }, 1],
    ]);
    expect(await noteCache(backend).clear()).toBe(0);
    expect(await later.clear()).toBe(2);
  });

  test("keeps to its prefix, glob characters included", async () => {
    const backend = new MemoryBackend();
    const starred = noteCache(backend, "a*[b]?:");
    const plain = noteCache(backend, "axxb:");
    await starred.set({ author: "x", page: 1 }, 1);
    await plain.set({ author: "x", page: 1 }, 1);
    expect(await starred.clear()).toBe(1);
    expect(await plain.has({ author: "x", page: 1 })).toBe(true);
  });

  test("with parameters deletes just those, and hashed keys, which do not tell", async () => {
    const notes = noteCache(new MemoryBackend());
    const long = { author: "z".repeat(600), page: 1 };
    await notes.setMany([
      [{ author: "a", page: 1 }, 1],
      [{ author: "a", page: 2 }, 1],
      [{ author: "ab", page: 1 }, 1],
      [long, 1],
    ]);
    expect(notes.keyOf(long)).toMatch(/^note:~h[0-9a-f]{40}$/);
    expect(await notes.clear({ author: "a" })).toBe(3);
    expect(await notes.has({ author: "ab", page: 1 })).toBe(true);
  });

  test("refuses a parameter that is undefined, which would clear all, and one that the key has not", async () => {
    const notes = noteCache(new MemoryBackend());
    // @ts-expect-error -- exactOptionalPropertyTypes refuses it too
    await expect(notes.clear({ author: undefined })).rejects.toMatchObject({ code: "INVALID_KEY" });
    await expect(notes.clear({ autor: "x" } as never)).rejects.toThrow(
      "The key of note has no parameter autor; it has author, page.",
    );
  });

  test("does not touch the hashed keys of another pattern with the same head", async () => {
    const backend = new MemoryBackend();
    const other: KeyPattern = { segments: ["note:", { name: "author", type: "string" }] };
    const drafts = new Cache<{ author: string }, number>({
      backend,
      serializer: json(),
      pattern: other,
      keyText: (key) => fitKey(`note:${stringPart(key.author, "draft.author")}`, other),
    });
    const author = "z".repeat(600);
    await drafts.set({ author }, 1);
    await noteCache(backend).set({ author, page: 1 }, 1);
    expect(await noteCache(backend).clear()).toBe(1);
    expect(await drafts.has({ author })).toBe(true);
  });
});
