import type { FileSystem } from "../host.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import type { MutatedFunction } from "../model/mutated-function.ts";
import type { ImportExtension, ResolvedType } from "../model/resolved-type.ts";
import type { TtlFunction } from "../model/ttl-function.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { contentHash } from "../resolve/content-hash.ts";
import type { FileQuestion, Resolution, ResolveRequest } from "../resolve/resolution.ts";
import { answersHold, maxQuestions } from "./answers-hold.ts";
import { generatorIdentity } from "./generator-identity.ts";
import { requestKey, requestSources } from "./request-key.ts";
import { readSealed, sealedPath, writeSealed } from "./sealed-file.ts";

interface Stored {
  readonly types: readonly StoredType[];
  /** The nodes of types that were resolved together, which share them. */
  readonly graphs: readonly Graph[];
  readonly memoized: readonly (readonly [name: string, found: MemoizedFunction])[];
  readonly mutated: readonly (readonly [name: string, found: MutatedFunction])[];
  readonly ttlFunctions: readonly (readonly [cache: string, found: TtlFunction])[];
  readonly importExtension: ImportExtension;
  readonly questions: readonly FileQuestion[];
}

type Graph = Pick<TypeIr, "nodes" | "files">;

interface StoredType extends Omit<ResolvedType, "ir"> {
  readonly id: string;
  readonly root: TypeIr["root"];
  /** Index of its graph. */
  readonly graph: number;
}

/** The stored resolution of the same request, if the file system still answers all that was asked for it as it did. */
export function loadResolution(request: ResolveRequest, files: FileSystem): Resolution | undefined {
  const path = storePath(request, files);
  const stored = path === undefined ? undefined : (readSealed(path, keyOf(request), files) as Stored | undefined);
  if (stored === undefined || !answersHold(stored.questions, files)) return undefined;
  const { graphs, memoized, mutated, ttlFunctions, importExtension, questions } = stored;
  const types = stored.types.map(({ id, text, module, root, graph }): readonly [string, ResolvedType] => {
    const { nodes, files: declaring } = graphs[graph] ?? { nodes: [], files: [] };
    return [id, { text, module, ir: { root, nodes, files: declaring } }];
  });
  const functions = { memoized: new Map(memoized), mutated: new Map(mutated), ttlFunctions: new Map(ttlFunctions) };
  return { types: new Map(types), ...functions, importExtension, questions, diagnostics: [] };
}

/** Stores a resolution without findings. */
export function saveResolution(request: ResolveRequest, resolution: Resolution, files: FileSystem): void {
  if (resolution.questions.length > maxQuestions) return;
  const path = storePath(request, files);
  if (path === undefined) return;
  const { importExtension, questions } = resolution;
  const graphs = new Map<TypeIr["nodes"], { readonly index: number; readonly graph: Graph }>();
  const types = [...resolution.types].map(([id, { text, module, ir }]): StoredType => {
    const { root, nodes, files: declaring } = ir;
    const { index } = graphs.get(nodes) ?? { index: graphs.size };
    graphs.set(nodes, { index, graph: { nodes, files: declaring } });
    return { id, text, module, root, graph: index };
  });
  const stored: Stored = {
    types,
    graphs: [...graphs.values()].map(({ graph }) => graph),
    memoized: [...resolution.memoized],
    mutated: [...resolution.mutated],
    ttlFunctions: [...resolution.ttlFunctions],
    importExtension,
    questions,
  };
  writeSealed(path, keyOf(request), stored, files);
}

function keyOf(request: ResolveRequest): string {
  return JSON.stringify([generatorIdentity(), requestKey(request)]);
}

/** One file for each YAML file. */
function storePath(request: ResolveRequest, files: FileSystem): string | undefined {
  return sealedPath(request.folder, contentHash(requestSources(request)).slice(0, 16), files);
}
