import { execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { bin, temporaryFolder } from "../cli/run-bin.ts";

vi.setConfig({ testTimeout: 60_000 });

const yaml = `version: 1
output: src/caches
backends: { local: memory:// }
caches: { one: { key: one, value: string, backend: local, ttl: 1m } }
`;

it("a terminal shows what takes more than a second, though this thread does nothing else, and no trace of it is left", async () => {
  using folder = temporaryFolder();
  // Reading waits until somebody writes into it.
  const pipe = join(folder.path, "pipe.yaml");
  execFileSync("mkfifo", [pipe]);
  const command = `"${process.execPath}" "${bin}" validate -c pipe.yaml`;
  const args =
    process.platform === "darwin" ? ["-q", "/dev/null", "sh", "-c", command] : ["-qec", command, "/dev/null"];
  const env = { ...process.env, TERM: "xterm", CI: "" };
  const child = spawn("script", args, { cwd: folder.path, env, stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    const wasShown = printed.includes("s)");
    printed += chunk;
    if (!wasShown && printed.includes("s)")) writeFileSync(pipe, yaml);
  }
  expect(printed.replaceAll("\u001b[K", "")).toMatch(/^\rReading the YAML \([1-9]\d* s\)/);
  const afterwards = printed.slice(printed.lastIndexOf("\u001b[K") + "\u001b[K".length);
  expect(afterwards).toBe("1 cache, 1 backend: no errors in the YAML. Types are checked by generate.\r\n");
});

it("a run that is over before shows nothing of the kind", () => {
  using folder = temporaryFolder();
  writeFileSync(join(folder.path, "cachetory.yaml"), yaml);
  const command = `"${process.execPath}" "${bin}" validate`;
  const args =
    process.platform === "darwin" ? ["-q", "/dev/null", "sh", "-c", command] : ["-qec", command, "/dev/null"];
  const env = { ...process.env, TERM: "xterm", CI: "" };
  const printed = execFileSync("script", args, { cwd: folder.path, encoding: "utf8", env });
  expect(printed).toBe("1 cache, 1 backend: no errors in the YAML. Types are checked by generate.\r\n");
});
