import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "../support/repository.ts";

/** All JavaScript of a package, as it is published, by its path in `dist`. */
function scriptsOf(workspace: string): readonly (readonly [file: string, text: string])[] {
  const dist = join(repository, workspace, "dist");
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  return files.sort().map((file) => [file, readFileSync(join(dist, file), "utf8")]);
}

/** Redis has a command of that name: as a method it runs no JavaScript. */
const fromStrings = /(?<![.\w$#])(?:eval|Function)\s*\(|new Function\b|setTimeout\(\s*["'`]|\bvm\b.*\brun/;

/** The files in which code is made of strings, and how often. */
function makers(workspace: string): readonly string[] {
  return scriptsOf(workspace).flatMap(([, text]) =>
    text.split("\n").filter((line) => fromStrings.test(line) && !/^\s*eval\(\w+, \w+, \.\.\.\w+\) \{$/.test(line)),
  );
}

test("the runtime makes no code of strings", () => {
  expect(scriptsOf("runtime").length).toBeGreaterThan(3);
  expect(makers("runtime")).toEqual([]);
});

test("the generator does so in one place, where it decodes entries with what it has emitted itself", () => {
  expect(makers("generator").map((line) => line.trim())).toEqual([
    'new Function("exports", "require", plainJavaScript(text))(exports, () => codegen);',
  ]);
});

test("every serializer and a cache of all policies run where code of strings is forbidden", () => {
  const program = join(import.meta.dirname, "without-code-from-strings.mjs");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--disallow-code-generation-from-strings", "--no-warnings", program],
    { encoding: "utf8", cwd: repository },
  );
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout.trim().split("\n")).toEqual([
    "forbidden",
    ..."json json://?strict=true text bytes noop v8 msgpack pickle json+zlib json+gzip json+brotli json+zstd".split(
      " ",
    ),
    "json+aes-gcm://?keys=TEST_KEYS",
    "json+hmac://?keys=TEST_KEYS",
    "cache",
  ]);
});
