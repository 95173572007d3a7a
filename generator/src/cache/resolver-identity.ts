import { readdirSync, readFileSync } from "node:fs";
import { contentHash } from "../resolve/content-hash.ts";

let identity: string | undefined;

/**
 * What decides how types are resolved, beside the files of the project: the version of the generator, the exact version
 * of ts-morph that it depends on, and the text of the resolver and of the model that it fills, so that a change to them
 * needs no new version to be noticed.
 */
export function resolverIdentity(): string {
  identity ??= readIdentity();
  return identity;
}

function readIdentity(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return contentHash(JSON.stringify([manifest, textsOf("../resolve/"), textsOf("../model/")]));
}

function textsOf(relative: string): readonly string[] {
  const folder = new URL(relative, import.meta.url);
  return readdirSync(folder)
    .sort()
    .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
}
