import type { FileSystem } from "../host.ts";
import type { Resolution, ResolveRequest } from "../resolve/resolution.ts";
import { loadResolution, saveResolution } from "./resolution-store.ts";

/** Loads the resolver, and with it the TypeScript compiler: some 300 ms that an unchanged project does not spend. */
type ImportResolver = () => Promise<{
  readonly resolveTypes: (request: ResolveRequest, files: FileSystem) => Resolution;
}>;

/**
 * The resolution of `request`: the one of the last run if the same question would get the same answer now, else a new
 * one. A resolution with findings is never kept, for its spans would not be those of the next run.
 */
export async function resolveTypesCached(
  request: ResolveRequest,
  files: FileSystem,
  importResolver: ImportResolver = () => import("../resolve/resolve-types.ts"),
): Promise<Resolution> {
  const kept = loadResolution(request, files);
  if (kept !== undefined) return kept;
  const { resolveTypes } = await importResolver();
  const resolution = resolveTypes(request, files);
  if (resolution.diagnostics.length === 0) saveResolution(request, resolution, files);
  return resolution;
}
