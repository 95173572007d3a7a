import { describe, expect, it, vi } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import type { Host } from "../../../generator/src/host.ts";
import { memoryHost } from "../generate/memory-host.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000 });

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What a terminal was shown while it ran. */
  readonly shown: readonly string[];
}

async function run(argv: readonly string[], changes: Partial<Host> = {}, isTerminal = false): Promise<Ran> {
  const printed = { stdout: "", stderr: "" };
  const shown: string[] = [];
  const output = (name: "stdout" | "stderr"): Host["stdout"] => ({
    isTerminal,
    write: (text) => {
      printed[name] += text;
    },
  });
  const host: Host = {
    ...memoryHost(),
    stdout: output("stdout"),
    stderr: output("stderr"),
    startProgress: () => ({ show: (label) => void shown.push(label), stop: () => void shown.push("stop") }),
    ...changes,
  };
  return { code: await main(argv, host), ...printed, shown };
}

describe("--timing", () => {
  it("tells the time of each phase, and the memory at its end", async () => {
    const { code, stderr } = await run(["generate", "--timing"]);
    expect(code).toBe(0);
    // The clock goes 120 ms further at each look; the command looks twice as well.
    expect(stderr).toContain(`
look        120.0 ms   50.0 MB
read        120.0 ms   50.0 MB
resolve     120.0 ms   50.0 MB
check       120.0 ms   50.0 MB
emit        120.0 ms   50.0 MB
write       240.0 ms   50.0 MB
total      1080.0 ms
`);
  });

  it("tells of what a run does, whatever that is", async () => {
    const phases = async (...argv: readonly string[]): Promise<readonly string[]> => {
      const { stderr } = await run([...argv, "--timing"]);
      return [...stderr.matchAll(/^(\w+) +[\d.]+ ms/gm)].map(([, phase = ""]) => phase);
    };
    expect(await phases("validate")).toEqual(["read", "total"]);
    expect(await phases("generate", "--check")).toEqual([
      "look",
      "read",
      "resolve",
      "check",
      "emit",
      "compare",
      "total",
    ]);
  });

  it("takes the files of a run together", async () => {
    const { stderr } = await run(["validate", "--timing", "-c", "cachetory.yaml", "-c", "missing.yaml"]);
    expect(stderr.match(/^read /gm)).toHaveLength(1);
  });

  it("is data beside the findings in json, and no finding in other formats", async () => {
    const { stdout, stderr } = await run(["validate", "--timing", "--format", "json"]);
    expect(JSON.parse(stdout)).toEqual({
      findings: [],
      timing: { totalMs: 240, phases: [{ phase: "read", ms: 120, heapBytes: 52_428_800 }] },
    });
    expect(stderr).not.toContain(" ms");
    const github = await run(["validate", "--timing", "--format", "github"]);
    expect(github).toMatchObject({ stdout: "", stderr: expect.stringContaining("total ") });
  });
});

describe("progress", () => {
  it("names each phase on a terminal, and is gone at the end", async () => {
    const { shown } = await run(["generate"], {}, true);
    expect(shown).toEqual([
      "Looking for changes",
      "Reading the YAML",
      "Resolving types",
      "Checking",
      "Emitting code",
      "Writing files",
      "stop",
    ]);
  });

  it("is gone as well where cachetory itself fails", async () => {
    const nowMs = (): number => {
      throw new Error("no clock");
    };
    const { code, shown } = await run(["generate"], { nowMs }, true);
    expect([code, shown]).toEqual([2, ["stop"]]);
  });

  it("is for a terminal with somebody before it", async () => {
    expect((await run(["validate"])).shown).toEqual([]);
    expect((await run(["validate"], { env: { CI: "true" } }, true)).shown).toEqual([]);
    expect((await run(["validate"], { env: { TERM: "dumb" } }, true)).shown).toEqual([]);
  });
});
