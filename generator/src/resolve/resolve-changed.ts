import type { ts } from "ts-morph";
import type { FileSystem } from "../host.ts";
import type { NamedFunction } from "../model/declaration.ts";
import { compilerHostFor } from "./compiler-host.ts";
import { namedModules } from "./named-module.ts";
import type { ParsedSources } from "./parsed-sources.ts";
import { RecordedFiles } from "./recorded-files.ts";
import type { FileQuestion, RequestedType, Resolution, ResolveRequest } from "./resolution.ts";
import { resolveWith } from "./resolve-with.ts";
import { readTypeFiles, type TypeFiles } from "./type-files.ts";

/** A resolution without findings, with what it takes to resolve again only what a change concerns. */
export interface ResolvedProgram {
  readonly resolution: Resolution;
  readonly options: ts.CompilerOptions;
  /** Whether there are no further declarations that these options leave out. */
  readonly isWhole: boolean;
  readonly typeFiles: TypeFiles;
}

/**
 * Resolves the same request as before after changes of the text of `changed`, of which nothing but the types that these files
 * are part of is looked at. `undefined` where that would not do, or is not sure to: all has to be resolved then.
 */
export function resolveChanged(
  { resolution, options, isWhole, typeFiles }: ResolvedProgram,
  request: ResolveRequest,
  changed: ReadonlySet<string>,
  files: FileSystem,
  parsed: ParsedSources,
): Resolution | undefined {
  const paths = [...changed];
  if (paths.some((path) => typeFiles.ofFarReaching.has(path))) return undefined;
  const { types, functions } = concerned(request, changed, typeFiles);
  // What a function gives may be inferred from all that it calls, and its findings stand beside those of its cache.
  if (functions.length > 0) return undefined;
  const recorded = new RecordedFiles(files);
  const host = compilerHostFor(request, recorded, parsed);
  const part = { ...request, types, memoized: [], mutations: [], ttlFunctions: [] };
  const { probe, isComplete, ...answer } = resolveWith(options, part, host, recorded, typeFiles.roots);
  if (answer.diagnostics.length > 0 || (!isWhole && !isComplete())) return undefined;
  const now = readTypeFiles(probe);
  const isSameProgram =
    now.farReaching.join("\n") === typeFiles.farReaching.join("\n") &&
    paths.every((path) => now.references.has(path) && now.references.get(path) === typeFiles.references.get(path));
  if (!isSameProgram) return undefined;
  return {
    ...resolution,
    types: new Map([...resolution.types].map(([id, type]) => [id, answer.types.get(id) ?? type])),
    questions: withAnswersOf(changed, recorded.questions(), resolution.questions),
  };
}

/** What is made of one of these files at least. */
function concerned(
  request: ResolveRequest,
  changed: ReadonlySet<string>,
  { ofModule }: TypeFiles,
): { readonly types: readonly RequestedType[]; readonly functions: readonly NamedFunction[] } {
  const functions = [
    ...request.memoized,
    ...request.memoized.flatMap(({ batch }) => batch ?? []),
    ...request.mutations,
    ...request.ttlFunctions,
  ];
  const moduleOf = namedModules([...request.types, ...functions], request.folder);
  const isConcerned = (each: RequestedType | NamedFunction): boolean => {
    const module = moduleOf.get(each);
    const files = module && ofModule.get(module.specifier);
    return files !== undefined && [...changed].some((path) => files.has(path));
  };
  const types = request.types.filter(isConcerned);
  const ids = new Set(types.map(({ id }) => id));
  const ofTypes = [...request.memoized, ...request.ttlFunctions].filter(({ cache }) => ids.has(cache.name));
  return { types, functions: [...functions.filter(isConcerned), ...ofTypes] };
}

/** The same questions, of which those about these files have the answers that they have now. */
function withAnswersOf(
  changed: ReadonlySet<string>,
  now: readonly FileQuestion[],
  before: readonly FileQuestion[],
): readonly FileQuestion[] {
  const reads = new Map(now.flatMap((question) => (question.kind === "read" ? [[question.path, question]] : [])));
  return before.map((question) => {
    const isChanged = question.kind === "read" && changed.has(question.path);
    return (isChanged && reads.get(question.path)) || question;
  });
}
