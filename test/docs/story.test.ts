import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readBlocks } from "./code-block.ts";
import { completeYaml } from "./complete-yaml.ts";
import { containsExcerpt, matchesOutput } from "./output-pattern.ts";
import { Story } from "./story.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cachetory-story-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.state`, { force: true });
});

async function tell(markdown: string): Promise<void> {
  const story = new Story({ folder, env: {} });
  for (const block of readBlocks(markdown)) await story.tell(block);
  await story.end();
}

describe("a document", () => {
  it("is refused where a command fails", async () => {
    await expect(tell("```sh\nfalse\n```\n")).rejects.toThrow("This ended with 1");
  });

  it("is refused where a command that should fail does not", async () => {
    await expect(tell("```sh fails\ntrue\n```\n")).rejects.toThrow("This should fail, but does not");
  });

  it("is refused where the output is another one", async () => {
    await expect(tell("```sh\necho one\n```\n```text\ntwo\n```\n")).rejects.toThrow("The output is another one:\none");
  });

  it("is refused where an output stands after no command", async () => {
    await expect(tell("```text\ntwo\n```\n")).rejects.toThrow("No command stands before this output.");
  });

  it("is refused where its TypeScript does not compile", async () => {
    await expect(tell('```ts\nconst n: number = "1";\n```\n')).rejects.toThrow(/line-1\.ts\(1,7\): error TS2322/);
  });

  it("is refused where TypeScript that should not compile does", async () => {
    await expect(tell("```ts fails\nconst n: number = 1;\n```\n")).rejects.toThrow("This should fail, but does not");
  });

  it("is refused where a part of a caches file is not valid", async () => {
    await expect(tell("```yaml\ncaches:\n  a: { key: a, value: string, ttl: 5 }\n```\n")).rejects.toThrow("C1101");
  });

  it("is refused where a file does not hold the excerpt", async () => {
    const written = '```json title="a.json"\n{\n  "a": 1\n}\n```\n';
    await tell(`${written}\`\`\`json title="a.json" excerpt\n  "a": …\n\`\`\`\n`);
    await expect(tell(`${written}\`\`\`json title="a.json" excerpt\n  "b": 1\n\`\`\`\n`)).rejects.toThrow(
      "this excerpt",
    );
  });

  it("is refused where a block is of an unknown kind", async () => {
    await expect(tell("```rust\nfn main() {}\n```\n")).rejects.toThrow(
      "No test knows what to do with a block of rust.",
    );
    await expect(tell("```\n```\n")).rejects.toThrow("a block of no language");
    await expect(tell("```sh quietly\ntrue\n```\n")).rejects.toThrow("not quietly");
  });

  it("is refused where a command for a clone is no script of the repository", async () => {
    await expect(tell("```sh clone\nnpm run nonsense\n```\n")).rejects.toThrow("`npm run nonsense` is no script");
  });

  it("is refused where a block is not closed", async () => {
    await expect(tell("text\n```sh\ntrue\n")).rejects.toThrow("Line 2: this code block is not closed by a line `");
  });

  it("keeps the folder and the variables from one block to the next", async () => {
    await tell('```sh\nmkdir deep && cd deep\nexport A="1\n2"\n```\n\n- list\n  ```sh\n  echo "$A" > here\n  ```\n');
    expect(existsSync(join(folder, "deep/here"))).toBe(true);
  });

  it("runs commands that are hidden in a comment", async () => {
    await tell("<!-- sh\ntouch hidden\n-->\n");
    expect(existsSync(join(folder, "hidden"))).toBe(true);
  });
});

describe("a shown output", () => {
  it.each([
    ["a b\n", "a b", true],
    ["a b  \n\n", "a b\n", true],
    ["took 12 ms", "took … ms", true],
    ["took 12 ms or so", "took … ms", false],
    ["a\nb\nc\nd", "a\n…\nd", true],
    ["a\nd", "a\n…\nd", true],
    ["a\nb", "a", false],
    ["a\nb\nc", "a … c", false],
    ["a.c", "a.c", true],
    ["abc", "a.c", false],
  ])("%j as %j: %s", (actual, shown, matches) => {
    expect(matchesOutput(actual, shown)).toBe(matches);
  });

  it("is found in a file as whole lines", () => {
    expect(containsExcerpt("a\nb\nc\n", "b")).toBe(true);
    expect(containsExcerpt("a\nbb\nc\n", "b")).toBe(false);
  });
});

describe("a part of a caches file", () => {
  it("gets what its top level lacks, and keeps its lines", () => {
    const fragment = "caches:\n  a: { key: a, value: string, backend: shared }\n";
    expect(completeYaml(fragment)).toBe(
      `${fragment}version: 1\noutput: "src/caches"\n` +
        'backends: {"shared":"memory://","local":"memory://"}\ndefaults: {"backend":"shared","ttl":"10m"}\n',
    );
  });

  it("gets a cache on its first backend where it has backends alone", () => {
    const fragment = "version: 1\nbackends:\n  main: memory://\n";
    expect(completeYaml(fragment)).toBe(
      `${fragment}output: "src/caches"\ndefaults: {"backend":"main","ttl":"10m"}\n` +
        'caches: {"example":{"key":"example","value":"string","backend":"main","ttl":"10m"}}\n',
    );
  });
});
