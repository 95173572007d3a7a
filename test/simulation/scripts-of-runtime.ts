import { readFile } from "node:fs/promises";

/** Where the scripts of the runtime stand: their names there, by those that tests call them. */
const places = {
  change: ["redis-guarded.ts", "changeScript"],
  deleteMany: ["redis-guarded.ts", "deleteManyScript"],
  storeEach: ["redis-guarded.ts", "storeEachScript"],
  read: ["redis-guarded.ts", "readScript"],
  storeGuarded: ["redis-guarded.ts", "storeGuardedScript"],
  extend: ["redis-leases.ts", "extendScript"],
  release: ["redis-leases.ts", "releaseScript"],
  lives: ["redis-aged-reads.ts", "script"],
  storeMany: ["redis-store-many.ts", "storeScript"],
  storeManyAbsent: ["redis-store-many.ts", "storeAbsentScript"],
  keepAbsent: ["redis-store-many.ts", "keepAbsentScript"],
  storePlainEach: ["redis-store-many.ts", "storeEachScript"],
  storeUnlessFresh: ["redis-envelopes.ts", "storeScript"],
  expireFresh: ["redis-envelopes.ts", "expireScript"],
  deleteDue: ["due-deletions.ts", "deleteScript"],
  deleteFresh: ["redis-envelopes.ts", "deleteScript"],
} as const;

/** The text of each script, as the runtime sends it: what is assigned to its name, with what stands before it of that file. */
export async function scriptsOfRuntime(root: URL): Promise<ReadonlyMap<string, string>> {
  const scripts = new Map<string, string>();
  for (const [name, [file, constant]] of Object.entries(places)) {
    const source = await readFile(new URL(`runtime/src/backends/${file}`, root), "utf8");
    const prelude = file === "redis-envelopes.ts" ? `const prelude = ${assigned(source, "prelude", file)};` : "";
    // Its own text, in quotes: strings that are joined, or a template.
    const text: unknown = new Function(`${prelude} return (${assigned(source, constant, file)});`)();
    scripts.set(name, String(text));
  }
  return scripts;
}

function assigned(source: string, constant: string, file: string): string {
  const found = new RegExp(`^const ${constant} =([^;]*?(?:\`[^\`]*\`)?[^;]*);$`, "m").exec(source)?.[1];
  if (found === undefined) throw new Error(`${file} has no ${constant}. Say in scripts-of-runtime.ts where it is.`);
  return found;
}
