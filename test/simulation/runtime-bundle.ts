import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** A guard of the runtime, taken out: text of a source, and what is put in its place. */
export interface Mutant {
  readonly name: string;
  /** Relative to `runtime/src`. */
  readonly file: string;
  /** Comes once in the file. */
  readonly text: string;
  readonly replacement: string;
}

/** What a simulated process uses of the runtime. */
const names = ["Cache", "RedisBackend", "LayeredBackend", "MemoryBackend", "json", "tag"];

/**
 * The sources of the runtime as one script, for a function whose parameters are what it takes of Node.
 *
 * @param root - of the repository
 */
export async function bundleRuntime(root: URL, mutant?: Mutant): Promise<string> {
  const sources = fileURLToPath(new URL("runtime/src/", root));
  let mutated = 0;
  const build = await rolldown({
    input: "simulated-entry",
    platform: "node",
    external: /^node:/,
    treeshake: { moduleSideEffects: false },
    plugins: [
      {
        name: "simulation",
        resolveId: (id) => (id === "simulated-entry" || id === "ioredis" ? `\0${id}` : undefined),
        load: (id) => {
          if (id === "\0simulated-entry") {
            return `export { ${names.join(", ")} } from ${JSON.stringify(`${sources}index.ts`)};`;
          }
          return id === "\0ioredis" ? "export const { Redis, Cluster } = globalThis.ioredis;" : undefined;
        },
        transform: (code, id) => {
          if (mutant === undefined || id !== sources + mutant.file) return undefined;
          const parts = code.split(mutant.text);
          if (parts.length !== 2) {
            throw new Error(`The text of the mutant "${mutant.name}" is ${parts.length - 1} times in ${mutant.file}.`);
          }
          mutated += 1;
          return parts.join(mutant.replacement);
        },
      },
    ],
  });
  const { output } = await build.generate({ format: "cjs", codeSplitting: false });
  await build.close();
  if (mutant !== undefined && mutated === 0) throw new Error(`${mutant.file} of the mutant "${mutant.name}" is not used.`);
  return output[0].code;
}
