import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type ProgramResult, runOrThrow, runProgram } from "../support/run-program.ts";

/** A folder of a user, outside of the workspace. */
export interface UserFolder {
  readonly path: string;
  /** What its commands find in the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Writes a file, with the folders above it. */
  write(path: string, content: string): void;
  /** Runs a program in the folder; an error where it fails. */
  run(program: string, ...args: readonly string[]): Promise<ProgramResult>;
  /** As `run`; failing is an answer. */
  try(program: string, ...args: readonly string[]): Promise<ProgramResult>;
  remove(): void;
}

/** Makes an empty folder; npm asks `registry` there. */
export function makeUserFolder(registry: string, name: string): UserFolder {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), "cachetory-user-")));
  const path = join(outer, name);
  mkdirSync(path);
  const options = {
    cwd: path,
    env: {
      npm_config_registry: `${registry}/`,
      npm_config_audit: "false",
      npm_config_fund: "false",
      // What npm has to say of the settings of this machine is no part of any output.
      npm_config_loglevel: "error",
      npm_config_prefer_offline: "true",
    },
  };
  return {
    path,
    env: options.env,
    write(file, content) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
    },
    run: (program, ...args) => runOrThrow(program, args, options),
    try: (program, ...args) => runProgram(program, args, options),
    remove: () => rmSync(outer, { recursive: true, force: true }),
  };
}
