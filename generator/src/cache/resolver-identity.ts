import { readdirSync, readFileSync } from "node:fs";
import { contentHash } from "../resolve/content-hash.ts";

let identity: string | undefined;

/**
 * What decides how types are resolved, beside the files of the project: the version of the generator, the exact version
 * of ts-morph that it depends on, and the text of the resolver itself, so that a change to it needs no new version to
 * be noticed.
 */
export function resolverIdentity(): string {
  identity ??= readIdentity();
  return identity;
}

function readIdentity(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const folder = new URL("../resolve/", import.meta.url);
  const texts = readdirSync(folder)
    .sort()
    .filter((name) => /(?<!\.d)\.[jt]s$/.test(name))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
  return contentHash(JSON.stringify([manifest, texts]));
}
