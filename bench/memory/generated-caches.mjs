import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript-6";

const models = `export interface User {
  id: string; email: string; name: string; locale: "en" | "nl"; createdAt: string; avatar: string | null; bio?: string;
  isVerified: boolean; plan: "free" | "pro" | "team"; followers: number; following: number;
  settings: { theme: "dark" | "light" | "system"; mail: boolean; push: boolean; pageSize: number }; tags: string[];
}
`;

const user = "value: ./models.ts#User";

const yaml = `version: 1
output: caches
backends: { local: memory:// }
defaults: { backend: local, ttl: 1h }
caches:
  shareById: { key: "a:{id:int}", ${user}, isolation: share }
  freezeById: { key: "b:{id:int}", ${user}, isolation: freeze }
  cloneById: { key: "c:{id:int}", ${user} }
  typedById: { key: "d:{id:int}", ${user}, serializer: typed }
  storedById: { key: "e:{id:int}", ${user}, serializer: v8 }
  shareByUuid: { key: "user:{userId:uuid}:profile:{locale:en|nl}", ${user}, isolation: share }
  cloneByUuid: { key: "profile:{userId:uuid}:of:{locale:en|nl}", ${user} }
`;

/** Caches as the generator writes them, compiled, from a folder that is gone afterwards. */
export async function generatedCaches() {
  const folder = mkdtempSync(new URL("generated-", import.meta.url).pathname);
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "module": "nodenext", "strict": true } }');
    writeFileSync(join(folder, "models.ts"), models);
    writeFileSync(join(folder, "cachetory.yaml"), yaml);
    const bin = new URL("../../generator/dist/bin.js", import.meta.url).pathname;
    execFileSync(process.execPath, [bin, "generate", "-c", join(folder, "cachetory.yaml")], { stdio: "inherit" });
    const compiled = join(folder, "compiled");
    mkdirSync(compiled);
    for (const name of readdirSync(join(folder, "caches"))) {
      const text = readFileSync(join(folder, "caches", name), "utf8");
      const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023, verbatimModuleSyntax: true };
      const { outputText } = ts.transpileModule(text, { compilerOptions: options });
      writeFileSync(join(compiled, name.replace(/\.ts$/, ".js")), outputText.replaceAll('.ts"', '.js"'));
    }
    return await import(pathToFileURL(join(compiled, "index.js")).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
