import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentHash } from "../resolve/content-hash.ts";

let identity: string | undefined;

/**
 * What decides, beside the files of a project, what a run comes to: the text of the generator, so that a change to it needs
 * no new version to be noticed, the tables of the runtime that it reads, and the packages that parse and resolve for it.
 */
export function generatorIdentity(): string {
  identity ??= readIdentity();
  return identity;
}

function readIdentity(): string {
  const here = createRequire(import.meta.url);
  const tsMorph = here.resolve("ts-morph/package.json");
  const foreign = [
    here.resolve("@cachetory/runtime/schemes"),
    here.resolve("yaml/package.json"),
    tsMorph,
    // The compiler itself.
    createRequire(tsMorph).resolve("@ts-morph/common/package.json"),
  ];
  const own = scriptsOf(fileURLToPath(new URL("../", import.meta.url)));
  return contentHash(JSON.stringify([...own, ...foreign].map((path) => readFileSync(path, "utf8"))));
}

/** Of a folder and those in it. */
function scriptsOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /(?<!\.d)\.[jt]s$/.test(path))
    .sort()
    .map((path) => join(folder, path));
}
