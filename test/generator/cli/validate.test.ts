import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bin, finished, runBin, startBin, temporaryFolder } from "./run-bin.ts";

const valid = `version: 1
output: src/caches
backends: { local: memory:// }
defaults: { backend: local, ttl: 1h }
caches:
  greeting: { key: "greeting:{name}", value: string }
`;
const invalid = valid.replace("1h", "soon");
const hint = "Durations are written 500ms, 30s, 10m, 1h, 7d or PT5M; forever has no end";

describe("cachetory validate", () => {
  it("finds nothing in a valid file, and says so on stderr", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yaml"), valid);
    expect(await runBin(["validate"], { cwd: folder.path })).toEqual({
      code: 0,
      signal: null,
      stdout: "",
      stderr: "1 cache, 1 backend: no errors in the YAML. Types are checked by generate.\n",
    });
  });

  it("shows findings to people on stderr, with the place underlined", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yaml"), invalid);
    expect(await runBin(["validate"], { cwd: folder.path })).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr: `cachetory.yaml:4:34 error C1101 "ttl" must be a duration, not "soon"

  3 | backends: { local: memory:// }
  4 | defaults: { backend: local, ttl: soon }
    |                                  ^^^^
  hint: ${hint}

1 error.
`,
    });
  });

  it("writes findings for tools to stdout", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yaml"), invalid);
    expect(await runBin(["validate", "--format", "text"], { cwd: folder.path })).toEqual({
      code: 1,
      signal: null,
      stdout: `cachetory.yaml:4:34: error C1101: "ttl" must be a duration, not "soon" (${hint})\n`,
      stderr: "",
    });
  });

  it("answers JSON with an empty list where nothing is found", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yaml"), valid);
    expect(await runBin(["validate", "--format", "json"], { cwd: folder.path })).toMatchObject({
      code: 0,
      stdout: "[]\n",
    });
  });

  it("names files from the top of the checkout for GitHub", async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, "app"));
    writeFileSync(join(folder.path, "app/cachetory.yaml"), invalid);
    const { stdout } = await runBin(["validate", "--format", "github"], {
      cwd: join(folder.path, "app"),
      env: { GITHUB_WORKSPACE: folder.path },
    });
    expect(stdout).toBe(
      `::error file=app/cachetory.yaml,line=4,col=34,endColumn=38,title=C1101 Invalid duration::"ttl" must be a duration, not "soon"%0A${hint}\n`,
    );
  });

  it("exits with 0 where there are warnings alone", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yaml"), valid.replace("local: memory://", 'local: "${URL:-memory://}"'));
    const { code, stderr } = await runBin(["validate"], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stderr).toContain("warning C1401");
    expect(stderr).toContain("1 warning.");
  });

  it("exits with 1 where the rules make an error of one, and says so in every format", async () => {
    using folder = temporaryFolder();
    const fallback = valid.replace("local: memory://", 'local: "${URL:-memory://}"');
    writeFileSync(join(folder.path, "cachetory.yaml"), `${fallback}rules: { process-local-fallback: error }\n`);
    const run = async (format: string): Promise<string> => {
      const { code, stdout, stderr } = await runBin(["validate", "--format", format], { cwd: folder.path });
      expect(code).toBe(1);
      expect(stderr).not.toContain("no errors");
      return stdout + stderr;
    };
    expect(await run("pretty")).toContain("cachetory.yaml:3:20 error C1401 where URL is not set");
    expect(await run("text")).toContain("cachetory.yaml:3:20: error C1401: where URL is not set");
    expect(JSON.parse(await run("json"))).toMatchObject([{ code: "C1401", severity: "error" }]);
    expect(await run("github")).toContain("::error file=cachetory.yaml,line=3,col=20");
  });

  it("takes cachetory.yml too, but not both", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yml"), valid);
    expect(await runBin(["validate"], { cwd: folder.path })).toMatchObject({ code: 0 });
    writeFileSync(join(folder.path, "cachetory.yaml"), valid);
    const { code, stdout } = await runBin(["validate", "--format", "text"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stdout).toBe(
      `error C1011: both cachetory.yaml and cachetory.yml are in ${folder.path} (Remove one of them, or name the one that is meant with -c)\n`,
    );
  });

  it("takes the file that is named", async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, "häuser und mehr"));
    writeFileSync(join(folder.path, "häuser und mehr/a.yaml"), invalid);
    const { stdout } = await runBin(["validate", "-c", "häuser und mehr/a.yaml", "--format", "text"], {
      cwd: folder.path,
    });
    expect(stdout).toMatch(/^häuser und mehr\/a\.yaml:4:34: error C1101/);
  });

  it("says where a file is missing", async () => {
    using folder = temporaryFolder();
    const { code, stderr } = await runBin(["validate"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain(`error C1001 there is no file ${join(folder.path, "cachetory.yaml")}`);
    expect(stderr).toContain("npx cachetory init");
  });

  it("reads what a pipe brings", () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "some.txt"), valid);
    const command = `cat some.txt | "${process.execPath}" "${bin}" validate -c /dev/stdin 2>&1`;
    expect(execFileSync("sh", ["-c", command], { cwd: folder.path, encoding: "utf8" })).toBe(
      "1 cache, 1 backend: no errors in the YAML. Types are checked by generate.\n",
    );
  });

  it("ends at once and quietly on Ctrl-C", async () => {
    using folder = temporaryFolder();
    const pipe = join(folder.path, "cachetory.yaml");
    execFileSync("mkfifo", [pipe]);
    const child = startBin(["validate"], { cwd: folder.path });
    const ended = finished(child);
    // Opens when the command has opened the other end: it now waits for text that never comes.
    const writer = await open(pipe, "w");
    child.kill("SIGINT");
    expect(await ended).toEqual({ code: null, signal: "SIGINT", stdout: "", stderr: "" });
    await writer.close();
  });

  it("is no error where the reader of its output goes away", () => {
    using folder = temporaryFolder();
    const many = Array.from({ length: 3_000 }, (_, index) => `  c${index}: { key: "a b", value: string }\n`).join("");
    writeFileSync(join(folder.path, "cachetory.yaml"), valid + many);
    const command = `"${process.execPath}" "${bin}" validate --format json | head -n 1`;
    expect(execFileSync("sh", ["-c", `${command} 2>&1`], { cwd: folder.path, encoding: "utf8" })).toBe("[\n");
  });

  it("loads neither the TypeScript compiler nor ajv", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yaml"), invalid);
    const trace = join(folder.path, "trace.cjs");
    // All three are CommonJS, which this list shows however it was loaded.
    writeFileSync(trace, 'process.on("exit", () => console.log(Object.keys(require.cache).join("\\n")));');
    const { stdout } = await runBin(["validate"], { cwd: folder.path, env: { NODE_OPTIONS: `--require "${trace}"` } });
    expect(stdout).toMatch(/node_modules\/yaml\//);
    expect(stdout).not.toMatch(/ts-morph|typescript|\/ajv\//);
  });
});

describe("colours", () => {
  it("are absent where no terminal is", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yaml"), invalid);
    const { stderr } = await runBin(["validate"], { cwd: folder.path });
    expect(stderr).not.toContain("\u001b");
  });

  it("are there on a terminal, and never with NO_COLOR", () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "cachetory.yaml"), invalid);
    // `script` runs a command on a terminal of its own; that of macOS takes it in another way.
    const command = `"${process.execPath}" "${bin}" validate || true`;
    const args =
      process.platform === "darwin" ? ["-q", "/dev/null", "sh", "-c", command] : ["-qec", command, "/dev/null"];
    const onTerminal = (env: NodeJS.ProcessEnv): string =>
      execFileSync("script", args, {
        cwd: folder.path,
        encoding: "utf8",
        env: { ...process.env, TERM: "xterm", NO_COLOR: undefined, ...env },
      });
    expect(onTerminal({})).toContain("\u001b[31m");
    expect(onTerminal({ NO_COLOR: "1" })).not.toContain("\u001b");
  });
});
