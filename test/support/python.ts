import { execFileSync, spawnSync } from "node:child_process";

/** The Python that the system has, if it has one. */
export const python: string | undefined = ["/usr/bin/python3", "python3"].find(
  (program) => spawnSync(program, ["--version"]).status === 0,
);

/** What a program of Python prints. */
export function runPython(args: readonly string[], input: string | Uint8Array = ""): string {
  if (python === undefined) throw new Error("There is no python3 here.");
  return execFileSync(python, args, { input, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
}

/** Whether Python finds a module. */
export function hasPythonModule(name: string): boolean {
  return python !== undefined && spawnSync(python, ["-c", `import ${name}`]).status === 0;
}
