import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { main } from "../../../generator/src/cli/main.ts";
import type { Host } from "../../../generator/src/host.ts";
import { nodeHost } from "../../../generator/src/node-host.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository in a folder of its own under the system's temporary folder, gone when disposed. */
export class GitRepository implements Disposable {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), "cachetory-git ü-")));

  /** On the branch `main`, with one commit of these files. */
  constructor(files: Readonly<Record<string, string>>) {
    this.git("init", "--quiet", "--initial-branch=main");
    this.write({ "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": [] } }', ...files });
    this.commit();
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  commit(): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "A state");
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    return execFileSync("git", [...identity, ...args], { cwd: this.folder, encoding: "utf8" });
  }

  /** Runs `cachetory` in the repository, or in a folder of it. */
  async run(argv: readonly string[], folder = "."): Promise<Ran> {
    const printed = { stdout: "", stderr: "" };
    const output = (name: "stdout" | "stderr"): Host["stdout"] => ({
      isTerminal: false,
      write: (text) => {
        printed[name] += text;
      },
    });
    const streams = { stdout: output("stdout"), stderr: output("stderr") };
    const code = await main(argv, { ...nodeHost(), env: {}, cwd: join(this.folder, folder), ...streams });
    return { code, ...printed };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A YAML file with a Redis and these caches, written as properties of each. */
export function yamlOf(caches: Readonly<Record<string, string>>, more = ""): string {
  const lines = Object.entries(caches).map(([name, properties]) => `  ${name}: { ${properties} }\n`);
  return `version: 1
output: src/caches
backends:
  shared: { url: "redis://app:s3cret@localhost", prefix: "shop:" }
  local: memory://
defaults: { backend: shared, ttl: 1h }
caches:
${lines.join("")}${more}`;
}
