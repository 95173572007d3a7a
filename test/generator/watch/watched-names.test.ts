import { expect, test } from "vitest";
import type { FileQuestion } from "../../../generator/src/resolve/resolution.ts";
import { watchedNames } from "../../../generator/src/watch/watched-names.ts";
import { MemoryFiles } from "../write/memory-files.ts";

function watched(questions: readonly FileQuestion[]): Readonly<Record<string, readonly string[] | "all">> {
  const files = new MemoryFiles({ "/app/src/a.ts": "" });
  const folders = watchedNames(questions, files);
  return Object.fromEntries([...folders].map(([folder, { all, names }]) => [folder, all ? "all" : [...names].sort()]));
}

const none = { kind: "kind", answer: undefined } as const;

test("a file is watched in its folder, and each folder in the one that it lies in", () => {
  expect(watched([{ kind: "read", path: "/app/src/a.ts", hash: "x" }])).toEqual({
    "/app/src": ["a.ts"],
    "/app": ["src"],
    "/": ["app"],
  });
});

test("what is in no folder is announced by the first folder that is missing", () => {
  expect(watched([{ ...none, path: "/app/node_modules/@types/node/index.d.ts" }])).toEqual({
    "/app": ["node_modules"],
    "/": ["app"],
  });
});

test("of a folder that was listed, every name counts", () => {
  expect(watched([{ kind: "list", path: "/app/src", hash: "x" }])).toEqual({
    "/app/src": "all",
    "/app": ["src"],
    "/": ["app"],
  });
});

test("names are the same in whatever form the system reports them", () => {
  const names = watched([{ ...none, path: "/app/src/Tu\u0308r.ts" }]);
  expect(names["/app/src"]).toEqual(["t\u00fcr.ts"]);
});
