import { dirname, join } from "node:path";
import type { FileSystem } from "../host.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import type { ImportExtension, ResolvedType } from "../model/resolved-type.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { contentHash } from "../resolve/content-hash.ts";
import type { FileQuestion, Resolution, ResolveRequest } from "../resolve/resolution.ts";
import { answersHold } from "./answers-hold.ts";
import { resolverIdentity } from "./resolver-identity.ts";

/** Beyond this many questions, asking them all again is not cheap any more. */
const maxQuestions = 20_000;

interface Stored {
  /** Each type with its root; the nodes and files are the same for all. */
  readonly types: readonly StoredType[];
  readonly nodes: TypeIr["nodes"];
  readonly files: TypeIr["files"];
  readonly memoized: readonly (readonly [name: string, found: MemoizedFunction])[];
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
  if (path === undefined) return undefined;
  const stored = readStored(path, request, files);
  if (stored === undefined || !answersHold(stored.questions, files)) return undefined;
  const { nodes, files: declaring, memoized, importExtension, questions } = stored;
  const types = stored.types.map(({ id, text, module, root }): readonly [string, ResolvedType] => [
    id,
    { text, module, ir: { root, nodes, files: declaring } },
  ]);
  return { types: new Map(types), memoized: new Map(memoized), importExtension, questions, diagnostics: [] };
}

/** Stores a resolution without findings. That it cannot be written is no error: the next run resolves again. */
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
  const stored: Stored = { types, nodes, files: declaring, memoized, importExtension, questions };
  const body = JSON.stringify(stored);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    files.makeFolder(dirname(path));
    files.write(temporary, `${seal(request, body)}\n${body}`);
    files.rename(temporary, path);
  } catch {
    removeQuietly(temporary, files);
  }
}

/** Only what this very generator wrote for this very request passes its seal, so that its shape needs no check. */
function readStored(path: string, request: ResolveRequest, files: FileSystem): Stored | undefined {
  try {
    const bytes = files.read(path);
    if (bytes === undefined) return undefined;
    const text = new TextDecoder().decode(bytes);
    const end = text.indexOf("\n");
    const body = text.slice(end + 1);
    if (end < 0 || text.slice(0, end) !== seal(request, body)) return undefined;
    return JSON.parse(body) as Stored;
  } catch {
    return undefined;
  }
}

function seal(request: ResolveRequest, body: string): string {
  const types = request.types.map((type) => [type.id, type.expression, type.module ?? null, dirname(type.span.file)]);
  const memoized = request.memoized.map(
    ({ name, module, path, isOfInstance, functionSpan, cache, sources, ignored }) => [
      [name, module, dirname(functionSpan.file), path, isOfInstance],
      [cache.name, cache.key?.text, cache.mode, cache.value.kind === "schema" ? cache.value.type : cache.value.kind],
      sources.map((source) => [source.parameter, source.path]),
      ignored.map((parameter) => parameter.name),
    ],
  );
  return contentHash(JSON.stringify([resolverIdentity(), request.folder, types, memoized, contentHash(body)]));
}

/** In the nearest node_modules, one file for each YAML file. Where there is no node_modules, none is made. */
function storePath(request: ResolveRequest, files: FileSystem): string | undefined {
  const spans = [...request.types.map(({ span }) => span), ...request.memoized.map(({ functionSpan }) => functionSpan)];
  const sources = [...new Set(spans.map(({ file }) => file))].sort();
  const name = contentHash(JSON.stringify([request.folder, sources])).slice(0, 16);
  for (let folder = request.folder; ; folder = dirname(folder)) {
    const packages = join(folder, "node_modules");
    if (files.kind(packages) === "folder") return join(packages, ".cache", "cachetory", `${name}.json`);
    if (folder === dirname(folder)) return undefined;
  }
}

function removeQuietly(path: string, files: FileSystem): void {
  try {
    files.remove(path);
  } catch {
    // It was not there, or stays: the cache folder may hold it.
  }
}
