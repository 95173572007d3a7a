import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../support/repository.ts";
import { runOrThrow } from "../support/run-program.ts";

/** One package as `npm publish` would send it. */
export interface PackedPackage {
  readonly name: string;
  readonly version: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Absolute path. */
  readonly tarball: string;
  readonly integrity: string;
  readonly shasum: string;
  /** Paths inside of the package, sorted. */
  readonly files: readonly string[];
}

export interface PackedPackages {
  readonly runtime: PackedPackage;
  readonly generator: PackedPackage;
}

interface NpmPackReport {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly integrity: string;
  readonly shasum: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs both packages, as they are built, into `folder`. */
export async function packPackages(folder: string): Promise<PackedPackages> {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder, "-w", "runtime", "-w", "generator"];
  const { stdout } = await runOrThrow("npm", args, { cwd: repository });
  // The shape is npm's own, of `npm pack --json`.
  const reports = JSON.parse(stdout) as readonly NpmPackReport[];
  const packed = (name: string, workspace: string): PackedPackage => {
    const report = reports.find((candidate) => candidate.name === name);
    if (report === undefined) throw new Error(`npm pack did not pack ${name}:\n${stdout}`);
    return {
      name,
      version: report.version,
      manifest: JSON.parse(readFileSync(join(repository, workspace, "package.json"), "utf8")),
      tarball: join(folder, report.filename),
      integrity: report.integrity,
      shasum: report.shasum,
      files: report.files.map((file) => file.path).sort(),
    };
  };
  return { runtime: packed("@cachetory/runtime", "runtime"), generator: packed("cachetory", "generator") };
}
