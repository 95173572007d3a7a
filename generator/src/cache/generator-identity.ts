import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { scriptsUrl } from "../own-files.ts";
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
  const texts = [...ownScripts(), ...foreign].map((script) => contentHash(readFileSync(script)));
  return contentHash(JSON.stringify(texts));
}

function ownScripts(): readonly URL[] {
  // Folders are gone into only among the sources: built, all scripts lie beside each other.
  const isBuilt = import.meta.url.endsWith(".js");
  return readdirSync(scriptsUrl, { recursive: !isBuilt, encoding: "utf8" })
    .filter((path) => /(?<!\.d)\.[jt]s$/.test(path))
    .sort()
    .map((path) => new URL(path.replaceAll("\\", "/"), scriptsUrl));
}
