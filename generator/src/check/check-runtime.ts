import type { FileSystem } from "../host.ts";
import type { Declarations } from "../model/declaration.ts";
import { breachAt, type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { findManifest } from "./installed-packages.ts";
import { installCommand } from "./package-manager.ts";

const packageName = "@cachetory/runtime";

/** The level of `codegen/v1` that emitted code relies on; raised whenever it needs what was not there before. */
const neededLevel = 7;

/** Generated code stands on the runtime: it must be where an import from the output folder finds it, and new enough. */
export function checkRuntime({ output, outputSpan }: Declarations, files: FileSystem): readonly Diagnostic[] {
  const manifest = findManifest(packageName, output, files);
  if (manifest === "unseen") return [];
  if (manifest === undefined) {
    const message = `generated code needs the package "${packageName}", which is not installed`;
    return [breachAt("C3008", outputSpan, message, `Install it with ${installCommand(output, packageName, files)}`)];
  }
  const { level, version } = readManifest(files.read(manifest));
  if (level >= neededLevel) return [];
  const installed = `the installed "${packageName}"${version === undefined ? "" : ` ${version}`}`;
  const hint = `Upgrade it with ${installCommand(output, `${packageName}@latest`, files)}`;
  return [errorAt("C3004", outputSpan, `${installed} is too old for this version of cachetory`, hint)];
}

interface Manifest {
  /** 0 where the package says nothing. */
  readonly level: number;
  readonly version: string | undefined;
}

function readManifest(content: Uint8Array | undefined): Manifest {
  const manifest = parseJson(content);
  const level = property(property(property(manifest, "cachetory"), "codegen"), "v1");
  const version = property(manifest, "version");
  return {
    level: typeof level === "number" ? level : 0,
    version: typeof version === "string" ? version : undefined,
  };
}

function parseJson(content: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(content ?? []).toString("utf8"));
  } catch {
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
