import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../../..");
export const casesFolder: string = path.join(root, "test/cases");

/**
 * A folder of `test/cases`: `in` is a project, `out` what `generate` adds to it or changes in it, `findings.txt` what
 * it reports.
 */
export interface GoldenCase {
  readonly name: string;
  readonly folder: string;
  /** After `generate`. */
  readonly args: readonly string[];
  /** The YAML file, relative to the project. */
  readonly file: string;
  /** Packages to install, by name, from folders of `in`. */
  readonly packages: Readonly<Record<string, string>>;
  readonly isRuntimeInstalled: boolean;
  /** Files of `in` that are gone afterwards. */
  readonly removed: readonly string[];
}

/** `case.json`, all of it optional. */
interface CaseFile {
  readonly args?: readonly string[];
  readonly packages?: Readonly<Record<string, string>>;
  readonly runtime?: "missing";
  readonly removed?: readonly string[];
}

export const goldenCases: readonly GoldenCase[] = readdirSync(casesFolder)
  .sort()
  .map((name) => {
    const folder = path.join(casesFolder, name);
    const file = path.join(folder, "case.json");
    const written: CaseFile = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    const args = written.args ?? [];
    return {
      name,
      folder,
      args,
      file: args[0] === "-c" && args[1] !== undefined ? args[1] : "cachetory.yaml",
      packages: written.packages ?? {},
      isRuntimeInstalled: written.runtime !== "missing",
      removed: written.removed ?? [],
    };
  });

/** Makes the case's project in `folder`, with its packages installed. */
export function copyProject(golden: GoldenCase, folder: string): void {
  cpSync(path.join(golden.folder, "in"), folder, { recursive: true });
  for (const [name, from] of Object.entries(golden.packages)) {
    const to = path.join(folder, "node_modules", name);
    mkdirSync(path.dirname(to), { recursive: true });
    renameSync(path.join(folder, from), to);
  }
  if (!golden.isRuntimeInstalled) return;
  link(path.join(root, "runtime"), path.join(folder, "node_modules/@cachetory/runtime"));
  for (const name of optionalPackages)
    link(path.join(root, "node_modules", name), path.join(folder, "node_modules", name));
}

/** What the schemes of some cases need. */
const optionalPackages = ["ioredis", "msgpackr", "piscina", "zstd-napi"];

function link(target: string, to: string): void {
  if (existsSync(to)) return;
  mkdirSync(path.dirname(to), { recursive: true });
  symlinkSync(target, to);
}

/** The files below `folder`, by relative path, without what is installed. */
export function readTree(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(path.sep).includes("node_modules"))
    .sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
}
