import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Stand } from "../harness/contest.ts";
import { makeProject } from "./make-project.ts";

const cachetory = fileURLToPath(new URL("../../../../generator/dist/bin.js", import.meta.url));

/** `cachetory generate`, from the command to the exit, where nothing has been generated and nothing is remembered. */
export async function open(serializer: string): Promise<Stand> {
  return {
    async measure() {
      const project = makeProject(serializer);
      try {
        return { wallMs: await milliseconds(project) };
      } finally {
        rmSync(project, { recursive: true });
      }
    },
    close: async () => undefined,
  };
}

function milliseconds(project: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, [cachetory, "generate"], { cwd: project, stdio: "ignore" });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0
        ? resolve(performance.now() - startMs)
        : reject(new Error(`generate ended with ${code} in ${project}.`)),
    );
  });
}
