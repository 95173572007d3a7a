import { resolveRequest } from "../generate/resolve-request.ts";
import { validateFile } from "../generate/validate-file.ts";
import type { Resolver } from "../generate/warm-run.ts";
import type { FileSystem } from "../host.ts";
import type { BackendDeclaration, CacheDeclaration, MemoizedDeclaration } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { madeCaches, withMadeCaches } from "../model/made-caches.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { valueIr } from "../model/value-ir.ts";
import { valueName } from "../model/value-name.ts";
import type { EnterPhase } from "../timing/phase.ts";

/** A cache with all that decides what becomes of its entries. */
export interface CacheState {
  readonly cache: CacheDeclaration;
  readonly backend: BackendDeclaration;
  /** `undefined` for bytes, and for a type that does not resolve any more. */
  readonly ir: TypeIr | undefined;
  /** As the YAML or generated code calls it. */
  readonly typeName: string;
}

export interface MemoizedState {
  readonly declaration: MemoizedDeclaration;
  readonly found: MemoizedFunction;
}

/** What a YAML file declares, made caches included. */
export interface ConfigState {
  readonly caches: readonly CacheState[];
  readonly memoized: readonly MemoizedState[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the YAML could be read, whatever became of the types. */
  readonly isRead: boolean;
}

/** Of a YAML file that is not there. */
export const noState: ConfigState = { caches: [], memoized: [], diagnostics: [], isRead: true };

/** Reads a YAML file and its types as they are in these files; where the YAML has an error, there are no caches. */
export async function readState(
  file: string,
  files: FileSystem,
  resolve: Resolver,
  enter: EnterPhase,
): Promise<ConfigState> {
  enter("read");
  // Rules are for who generates: what becomes of entries is the same, whatever they say.
  const read = validateFile(file, files);
  const { declarations: declared, diagnostics } = read;
  if (declared === undefined) return { ...noState, diagnostics, isRead: false };
  enter("resolve");
  const resolution = await resolve(resolveRequest(file, read), files);
  const declarations = withMadeCaches(declared, madeCaches(declared, resolution.memoized));
  const backends = new Map(declarations.backends.map((backend) => [backend.name, backend]));
  return {
    caches: declarations.caches.flatMap((cache) => {
      const backend = backends.get(cache.backend);
      return backend === undefined
        ? []
        : [{ cache, backend, ir: valueIr(cache, resolution.types), typeName: valueName(cache, resolution.types) }];
    }),
    memoized: declarations.memoized.flatMap((declaration) => {
      const found = resolution.memoized.get(declaration.name);
      return found === undefined ? [] : [{ declaration, found }];
    }),
    diagnostics: resolution.diagnostics,
    isRead: true,
  };
}
