import { resolve } from "node:path";
import { findingOf } from "../cli/report/json.ts";
import { sourceTexts } from "../cli/report/source-texts.ts";
import { findConfig } from "../generate/find-config.ts";
import type { Host } from "../host.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { nodeFiles } from "../node-host.ts";
import type { ConfigOptions } from "./config-options.ts";
import type { Finding } from "./finding.ts";

/** What the options of a call mean on this machine. */
export interface OpenConfig {
  readonly host: Pick<Host, "cwd" | "files">;
  /** Absolute paths of the YAML files, each once; none where `problem` says why. */
  readonly files: readonly string[];
  readonly problem: Diagnostic | undefined;
}

export function openConfig({ config, cwd = process.cwd() }: ConfigOptions): OpenConfig {
  const host = { cwd: resolve(cwd), files: nodeFiles };
  if (config !== undefined) {
    const given = typeof config === "string" ? [config] : config;
    if (given.length === 0) throw new TypeError("config names no file; leave it out for the nearest one.");
    return { host, files: [...new Set(given.map((file) => resolve(host.cwd, file)))], problem: undefined };
  }
  const found = findConfig(host);
  return "code" in found ? { host, files: [], problem: found } : { host, files: [found.file], problem: undefined };
}

/** Diagnostics as plain data, with the absolute paths of files. */
export function toFindings(diagnostics: readonly Diagnostic[], { files, cwd }: OpenConfig["host"]): readonly Finding[] {
  const sources = { ...sourceTexts(files, cwd), name: (file: string) => file };
  return diagnostics.map((diagnostic) => findingOf(diagnostic, sources));
}
