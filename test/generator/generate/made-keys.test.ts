import { expect, test, vi } from "vitest";
import { generateOutputs } from "../../../generator/src/generate/generate-outputs.ts";
import { MemoryFiles } from "../write/memory-files.ts";
import { installedRuntime, memoryHost } from "./memory-host.ts";

// Each starts the compiler, which takes its time beside other tests.
vi.setConfig({ testTimeout: 60_000 });

const declarations = `
export class Money { constructor(readonly cents: number) {} inEuros(): number { return this.cents / 100; } }
export class Hidden { private readonly cents = 1; }
export class Sealed { readonly #cents = 1; }
export class Point { constructor(readonly x: number, readonly y: number) {} }
export interface Tree { name: string; children: readonly Tree[]; parent?: Tree }
export interface Dated { name: string; next: Dated | null; at: Date }
export interface Grows<T> { readonly value: T; readonly next?: Grows<T[]>; readonly rest: Grows<[T]> | null }
export interface Shown { id: number; toString(): string }
export type Brand = string & { readonly __brand: "id" };
`;

/** The types of parameters, of the functions of which the findings say that no key can be made. */
async function refused(types: readonly string[]): Promise<readonly string[]> {
  const functions = types.map(
    (type, index) => `export function f${index}(part: ${type}): number { return part ? 1 : 0; }\n`,
  );
  const entries = types.map((_, index) => `  f${index}: { function: ./src/f.ts#f${index}, backend: local, ttl: 1m }\n`);
  const files = new MemoryFiles({
    ...installedRuntime,
    "/app/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "strict": true, "target": "es2024" } }',
    "/app/cachetory.yaml": `version: 1\noutput: src/caches\nbackends: { local: "memory://" }\ncaches: { one: { key: one, value: string, backend: local, ttl: 1m } }\nmemoize:\n${entries.join("")}`,
    "/app/src/f.ts": `${declarations}${functions.join("")}`,
  });
  const { diagnostics } = await generateOutputs(["/app/cachetory.yaml"], "dry-run", memoryHost(files));
  expect(diagnostics.filter(({ code }) => code !== "C2102")).toEqual([]);
  return diagnostics.map(({ message }) => types[Number(/of "f(\d+)"/.exec(message)?.[1])] ?? message);
}

test("a parameter of which no value can be hashed is refused, whatever it is inside of", async () => {
  const types = [
    "Money",
    "Hidden",
    "Sealed",
    "Map<string, number>",
    "ReadonlySet<string>",
    "Uint8Array",
    "Date[]",
    "readonly (Date | bigint)[]",
    "{ from: Date }",
    "{ n: bigint }",
    "{ range: [from: Date, to?: string] }",
    "{ then: { run: () => void } }",
    "Dated",
    "{ flag: symbol }",
    "RegExp",
  ];
  expect(await refused(types)).toEqual(types);
});

test("a parameter of which some value can be hashed is not", async () => {
  const types = [
    "Point",
    "Tree",
    "Grows<string>",
    "Shown",
    "Brand[]",
    "{ id: Brand; at?: Date }",
    "{ at: Date | string; none: undefined; all: unknown }",
    "[from: string, to?: Date]",
    "Record<string, string | number[]>",
    "(string | null)[]",
    "object[]",
    "{}",
  ];
  expect(await refused(types)).toEqual([]);
});
