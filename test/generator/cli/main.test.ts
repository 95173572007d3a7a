import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import type { Host, Output } from "../../../generator/src/host.ts";
import { readOnlyFiles } from "../read/memory-files.ts";
import { runBin } from "./run-bin.ts";

const cwd = process.cwd();

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(argv: readonly string[], changes: Partial<Host> = {}): Promise<Ran> {
  const stdout = collect();
  const stderr = collect();
  const code = await main(argv, {
    cwd: "/work",
    env: {},
    files: readOnlyFiles({}),
    stdout,
    stderr,
    nowMs: () => 0,
    heapBytes: () => 50 * 1024 * 1024,
    startProgress: () => ({ show() {}, stop() {} }),
    readStdin: async () => new Uint8Array(),
    runGit: () => undefined,
    watchFolder: () => () => {},
    ...changes,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect(isTerminal = false): Output & { text(): string } {
  const written: string[] = [];
  return { isTerminal, write: (text) => void written.push(text), text: () => written.join("") };
}

describe("cachetory", () => {
  it("prints its version", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../../generator/package.json", import.meta.url), "utf8"));
    expect(await runBin(["--version"], { cwd })).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  for (const command of ["init", "validate", "generate", "inspect", "diff", "get", "decode"]) {
    it(`helps with ${command}, with examples, on stdout`, async () => {
      const { code, stdout, stderr } = await run([command, "--help"]);
      expect(code).toBe(0);
      expect(stderr).toBe("");
      expect(stdout).toContain(`Usage: cachetory ${command} [options]`);
      expect(stdout).toContain(`$ npx cachetory ${command}`);
    });
  }

  it("helps with all of it where asked", async () => {
    for (const argv of [["--help"], ["help"]]) {
      const { code, stdout, stderr } = await run(argv);
      expect(code).toBe(0);
      expect(stderr).toBe("");
      expect(stdout).toContain("Exit codes: 0 clean, 1 findings, 2 wrong usage or an internal error.");
    }
  });

  const wrong: readonly (readonly [argv: readonly string[], message: string])[] = [
    [[], "Usage: cachetory"],
    [["generat"], "error: unknown command 'generat'\n(Did you mean generate?)"],
    [["validate", "--fromat", "json"], "error: unknown option '--fromat'\n(Did you mean --format?)"],
    [["validate", "--format", "xml"], "argument 'xml' is invalid. Allowed choices are pretty, text, json, github."],
    [["validate", "--check"], "error: unknown option '--check'"],
    [["validate", "-c"], "argument missing"],
    [["validate", "file.yaml"], "error: too many arguments for 'validate'"],
    [["validate", "file.yaml"], "The YAML file is named with --config."],
    [["get", "user", "id=7"], "a parameter of the key is given with --param name=value."],
    [["generate", "--check", "--dry-run"], "cannot be used with option '--check'"],
    [
      ["get", "user", "--param", "id=7", "--key", "{}"],
      "option '--param <name=value>' cannot be used with option '--key <json>'",
    ],
    [["decode", "user"], "error: missing required argument 'file'"],
    [["diff", "--fail-on", "warm"], "Allowed choices are rollout, misses, cold, wrong, never."],
    [["generate", "--watch", "--timing"], "cannot be used with option '--watch'"],
    [["generate", "--watch", "--check"], "option '--watch' cannot be used with option '--check'"],
    [["generate", "--watch", "--dry-run"], "option '--watch' cannot be used with option '--dry-run'"],
  ];
  for (const [argv, message] of wrong) {
    it(`exits with 2 for: cachetory ${argv.join(" ")}`, async () => {
      const { code, stdout, stderr } = await run(argv);
      expect(code).toBe(2);
      expect(stdout).toBe("");
      expect(stderr).toContain(message);
    });
  }

  it("exits with 2 as a process too", async () => {
    expect(await runBin(["nonsense"], { cwd })).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("an internal error", () => {
  const broken: Partial<Host> = {
    files: {
      ...readOnlyFiles({}),
      kind: () => {
        throw new TypeError("out of order");
      },
    },
  };

  it("is short, asks for a report, and exits with 2", async () => {
    expect(await run(["validate"], broken)).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "cachetory: internal error: out of order\nThis is a mistake in cachetory: please report it, with your YAML file. CACHETORY_DEBUG=1 shows where it happened.\n",
    });
  });

  it("shows its stack where CACHETORY_DEBUG is set", async () => {
    const { stderr } = await run(["validate"], { ...broken, env: { CACHETORY_DEBUG: "1" } });
    expect(stderr).toContain("TypeError: out of order\n    at ");
    expect(stderr).not.toContain("CACHETORY_DEBUG=1");
  });
});

describe("colours", () => {
  async function pretty(env: Host["env"], isTerminal: boolean): Promise<string> {
    const stderr = collect(isTerminal);
    await run(["validate"], { env, stderr });
    return stderr.text();
  }

  it("need a terminal", async () => {
    expect(await pretty({}, true)).toContain("\u001b[");
    expect(await pretty({}, false)).not.toContain("\u001b[");
  });

  it("are absent with NO_COLOR, unless it is empty, and on a dumb terminal", async () => {
    expect(await pretty({ NO_COLOR: "1" }, true)).not.toContain("\u001b[");
    expect(await pretty({ NO_COLOR: "" }, true)).toContain("\u001b[");
    expect(await pretty({ TERM: "dumb" }, true)).not.toContain("\u001b[");
  });
});
