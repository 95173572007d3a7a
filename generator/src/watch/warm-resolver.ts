import { changedTexts } from "../cache/answers-hold.ts";
import { requestKey, requestSources } from "../cache/request-key.ts";
import { saveResolution } from "../cache/resolution-store.ts";
import type { FileSystem } from "../host.ts";
import { ParsedSources } from "../resolve/parsed-sources.ts";
import type { Resolution, ResolveRequest } from "../resolve/resolution.ts";
import type { ResolvedProgram } from "../resolve/resolve-changed.ts";

interface Resolved {
  readonly key: string;
  readonly request: ResolveRequest;
  readonly program: ResolvedProgram;
  readonly isStored: boolean;
}

/**
 * Resolves types, as `resolveTypesCached` does, for requests that follow each other: of a thousand types, a changed file
 * concerns a few. The first time it resolves, whatever was kept by runs before: then the compiler is there, and has parsed,
 * when it counts.
 */
export class WarmResolver {
  readonly #parsed = new ParsedSources();
  /** The last of each YAML file that had no findings. */
  readonly #last = new Map<string, Resolved>();

  async resolve(request: ResolveRequest, files: FileSystem): Promise<Resolution> {
    const [{ resolveProgram }, { resolveChanged }] = await Promise.all([
      import("../resolve/resolve-types.ts"),
      import("../resolve/resolve-changed.ts"),
    ]);
    const sources = requestSources(request);
    const key = requestKey(request);
    const last = this.#last.get(sources);
    const changed = last?.key === key ? changedTexts(last.program.resolution.questions, files) : undefined;
    if (last !== undefined && changed !== undefined) {
      if (changed.size === 0) return last.program.resolution;
      const resolution = resolveChanged(last.program, request, changed, files, this.#parsed);
      if (resolution !== undefined) {
        this.#last.set(sources, { key, request, program: { ...last.program, resolution }, isStored: false });
        return resolution;
      }
    }
    const { resolution, program } = resolveProgram(request, files, this.#parsed);
    if (program === undefined) this.#last.delete(sources);
    else this.#last.set(sources, { key, request, program, isStored: false });
    return resolution;
  }

  /** Stores what has been resolved, for the next command; nobody who watches needs to wait for it. */
  store(files: FileSystem): void {
    for (const [sources, resolved] of this.#last) {
      if (resolved.isStored) continue;
      saveResolution(resolved.request, resolved.program.resolution, files);
      this.#last.set(sources, { ...resolved, isStored: true });
    }
  }
}
