import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { root } from "./run-command.mjs";

/**
 * Writes the JavaScript of a package as few files: loading a file takes longer than most of what is in it.
 *
 * @param entries - sources, relative to `src`, by the names of what they become in `dist`; they share files
 * @param alone - the same, of files that share nothing with others
 * @param chunks - files that entries share, by their names; each has these sources and all that they need, unless a file
 *   before has it. Whatever else is shared goes into files that are made as needed
 */
export async function bundle(name, entries, alone, chunks = {}) {
  const folder = join(root, name);
  // Others may be reading what is there, as tests do while one of them runs `npm start`.
  if (isCurrent(folder, [...Object.keys(entries), ...Object.keys(alone)])) return;
  removeScripts(join(folder, "dist"));
  await write(folder, entries, chunks);
  for (const [file, source] of Object.entries(alone)) await write(folder, { [file]: source }, {});
}

async function write(folder, entries, chunks) {
  const build = await rolldown({
    input: Object.fromEntries(Object.entries(entries).map(([file, source]) => [file, join(folder, "src", source)])),
    platform: "node",
    // Packages stay packages: applications share them.
    external: /^[a-z@](?!:)/,
    treeshake: { moduleSideEffects: false },
    plugins: [{ name: "ascii", renderChunk: { order: "post", handler: (code) => toAscii(code) } }],
  });
  await build.write({
    dir: join(folder, "dist"),
    format: "esm",
    entryFileNames: "[name].js",
    // Beside the entries, where a module finds the files that it names; without hashes, which would change with everything.
    chunkFileNames: Object.keys(chunks).length > 0 ? "[name].js" : "shared.js",
    codeSplitting: {
      groups: Object.entries(chunks).map(([file, sources], index) => ({
        name: file,
        test: (path) => sources.some((source) => path === join(folder, "src", source)),
        priority: Object.keys(chunks).length - index,
      })),
    },
    comments: { legal: false, annotation: true, jsdoc: false },
  });
  await build.close();
}

/**
 * A script without comments, with escapes in its strings: one other character makes V8 hold and parse all of it as UTF-16,
 * which takes half a millisecond more of every start.
 */
function toAscii(code) {
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether all of these files are there, and newer than every source. */
function isCurrent(folder, files) {
  const written = files.map((file) => modifiedMs(join(folder, "dist", `${file}.js`)));
  const sources = readdirSync(join(folder, "src"), { recursive: true }).map((path) => join(folder, "src", path));
  return Math.min(...written) > Math.max(...[fileURLToPath(import.meta.url), ...sources].map(modifiedMs));
}

/** 0 where there is no such file. */
function modifiedMs(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function removeScripts(dist) {
  if (!existsSync(dist)) return;
  for (const path of readdirSync(dist, { recursive: true })) if (path.endsWith(".js")) rmSync(join(dist, path));
}
