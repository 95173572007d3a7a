import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const cacheCount = 1000;
const typeCount = 300;
const typesInFile = 5;
const runtime = fileURLToPath(new URL("../../../../runtime", import.meta.url));

/** A project of 1,000 caches over 300 types, all with one serializer; its folder. */
export function makeProject(serializer: string): string {
  const project = mkdtempSync(join(tmpdir(), "cachetory-bench-"));
  mkdirSync(join(project, "node_modules/@cachetory"), { recursive: true });
  symlinkSync(runtime, join(project, "node_modules/@cachetory/runtime"));
  mkdirSync(join(project, "src/models"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "type": "module" }\n');
  const compilerOptions = { module: "nodenext", target: "es2022", strict: true, skipLibCheck: true };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  for (let file = 0; file * typesInFile < typeCount; file += 1) {
    const types = Array.from({ length: typesInFile }, (_, index) => typeText(file * typesInFile + index, file));
    const imports = file === 0 ? "" : 'import type { Model0 } from "./models0.js";\n';
    writeFileSync(join(project, `src/models/models${file}.ts`), imports + types.join("\n"));
  }
  const caches = Array.from({ length: cacheCount }, (_, index) => cacheText(index));
  writeFileSync(
    join(project, "cachetory.yaml"),
    `version: 1\noutput: src/caches\nbackends:\n  local: memory://\ndefaults:\n  backend: local\n  ttl: 10m\n  serializer: ${serializer}\ncaches:\n${caches.join("")}`,
  );
  return project;
}

function typeText(type: number, file: number): string {
  return `export interface Model${type} {
  readonly id: number;
  readonly name: string;
  readonly tags: readonly string[];
  readonly parent: Model${type} | null;
  readonly first: ${file === 0 ? "null" : "Model0"};
  readonly state: "new" | "open" | "closed";
  readonly address: { readonly street: string; readonly city: string; readonly zip: string };
}
`;
}

function cacheText(cache: number): string {
  const type = cache % typeCount;
  return `  cache${cache}:
    key: cache${cache}:{tenant:uuid}:{page:int}:{locale:en|nl}
    value: { type: "readonly Model${type}[]", from: ./src/models/models${Math.floor(type / typesInFile)}.ts }
`;
}
