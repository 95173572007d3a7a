import { dirname } from "node:path";
import type { FileSystem } from "../host.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import type { MutatedFunction } from "../model/mutated-function.ts";
import type { ImportExtension, ResolvedType } from "../model/resolved-type.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { contentHash } from "../resolve/content-hash.ts";
import type { FileQuestion, Resolution, ResolveRequest } from "../resolve/resolution.ts";
import { answersHold, maxQuestions } from "./answers-hold.ts";
import { generatorIdentity } from "./generator-identity.ts";
import { readSealed, sealedPath, writeSealed } from "./sealed-file.ts";

interface Stored {
  /** Each type with its root; the nodes and files are the same for all. */
  readonly types: readonly StoredType[];
  readonly nodes: TypeIr["nodes"];
  readonly files: TypeIr["files"];
  readonly memoized: readonly (readonly [name: string, found: MemoizedFunction])[];
  readonly mutated: readonly (readonly [name: string, found: MutatedFunction])[];
  readonly importExtension: ImportExtension;
  readonly questions: readonly FileQuestion[];
}

interface StoredType extends Omit<ResolvedType, "ir"> {
  readonly id: string;
  readonly root: TypeIr["root"];
}

/** The stored resolution of the same request, if the file system still answers all that was asked for it as it did. */
export function loadResolution(request: ResolveRequest, files: FileSystem): Resolution | undefined {
  const path = storePath(request, files);
  const stored = path === undefined ? undefined : (readSealed(path, keyOf(request), files) as Stored | undefined);
  if (stored === undefined || !answersHold(stored.questions, files)) return undefined;
  const { nodes, files: declaring, memoized, mutated, importExtension, questions } = stored;
  const types = stored.types.map(({ id, text, module, root }): readonly [string, ResolvedType] => [
    id,
    { text, module, ir: { root, nodes, files: declaring } },
  ]);
  const functions = { memoized: new Map(memoized), mutated: new Map(mutated) };
  return { types: new Map(types), ...functions, importExtension, questions, diagnostics: [] };
}

/** Stores a resolution without findings. */
export function saveResolution(request: ResolveRequest, resolution: Resolution, files: FileSystem): void {
  if (resolution.questions.length > maxQuestions) return;
  const path = storePath(request, files);
  if (path === undefined) return;
  const { importExtension, questions } = resolution;
  const all = [...resolution.types];
  const types = all.map(([id, { text, module, ir }]): StoredType => ({ id, text, module, root: ir.root }));
  const [, first] = all[0] ?? [];
  const { nodes, files: declaring } = first?.ir ?? { nodes: [], files: [] };
  const memoized = [...resolution.memoized];
  const mutated = [...resolution.mutated];
  const stored: Stored = { types, nodes, files: declaring, memoized, mutated, importExtension, questions };
  writeSealed(path, keyOf(request), stored, files);
}

function keyOf(request: ResolveRequest): string {
  const types = request.types.map((type) => [type.id, type.expression, type.module ?? null, dirname(type.span.file)]);
  const memoized = request.memoized.map(
    ({ name, module, path, isOfInstance, functionSpan, batch, cache, sources, ignored }) => [
      [name, module, dirname(functionSpan.file), path, isOfInstance],
      batch && [batch.module, batch.path, batch.isOfInstance],
      [cache.name, cache.key?.text, cache.mode, cache.value.kind === "schema" ? cache.value.type : cache.value.kind],
      sources.map((source) => [source.parameter, source.path]),
      ignored.map((parameter) => parameter.name),
    ],
  );
  const mutations = request.mutations.map(({ name, module, path, isOfInstance, functionSpan, invalidations }) => [
    [name, module, dirname(functionSpan.file), path, isOfInstance],
    invalidations.map(({ cache, parts }) => [
      [cache.name, cache.key?.text],
      typeof parts === "string" ? parts : parts.map(({ parameter, source }) => [parameter, source]),
    ]),
  ]);
  return JSON.stringify([generatorIdentity(), request.folder, types, memoized, mutations, request.generated ?? null]);
}

/** One file for each YAML file. */
function storePath(request: ResolveRequest, files: FileSystem): string | undefined {
  const functions = [...request.memoized, ...request.mutations];
  const spans = [...request.types.map(({ span }) => span), ...functions.map(({ functionSpan }) => functionSpan)];
  const sources = [...new Set(spans.map(({ file }) => file))].sort();
  const name = contentHash(JSON.stringify([request.folder, sources])).slice(0, 16);
  return sealedPath(request.folder, name, files);
}
