import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** Text of a source, and what is put in its place. */
export interface Edit {
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
 * @throws Error where an edit fits in no place, or in several
 */
export async function bundleRuntime(root: URL, edits: readonly Edit[] = []): Promise<string> {
  const sources = fileURLToPath(new URL("runtime/src/", root));
  const done = new Set<Edit>();
  const build = await rolldown({
    input: "simulated-entry",
    platform: "node",
    external: /^node:/,
    treeshake: { moduleSideEffects: false },
    plugins: [
      {
        name: "simulation",
        resolveId: (id) => (id === "simulated-entry" ? `\0${id}` : undefined),
        load: (id) => {
          if (id === "\0simulated-entry") {
            return `export { ${names.join(", ")} } from ${JSON.stringify(`${sources}index.ts`)};`;
          }
          return id === `${sources}backends/load-ioredis.ts`
            ? "export const loadIoredis = () => globalThis.ioredis;"
            : undefined;
        },
        transform: (code, id) => {
          const here = edits.filter(({ file }) => id === sources + file);
          if (here.length === 0) return undefined;
          return here.reduce((text, edit) => {
            done.add(edit);
            return edited(text, edit);
          }, code);
        },
      },
    ],
  });
  const { output } = await build.generate({ format: "cjs", codeSplitting: false });
  await build.close();
  for (const edit of edits) if (!done.has(edit)) throw new Error(`${edit.file} is no part of what is simulated.`);
  return output[0].code;
}

function edited(code: string, { file, text, replacement }: Edit): string {
  const parts = code.split(text);
  if (parts.length === 2) return parts.join(replacement);
  throw new Error(`What is to be replaced is ${parts.length - 1} times in ${file}: ${text}`);
}
