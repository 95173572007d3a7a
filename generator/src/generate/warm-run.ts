import { answersHold } from "../cache/answers-hold.ts";
import { resolveTypesCached } from "../cache/resolve-types-cached.ts";
import { checkValue } from "../check/check-values.ts";
import { cacheModule } from "../emit/cache-module.ts";
import type { Emitters } from "../emit/emit-output.ts";
import type { GeneratedFile } from "../emit/generated-file.ts";
import { indexModule } from "../emit/index-module.ts";
import type { OutputModel } from "../emit/output-model.ts";
import type { FileSystem } from "../host.ts";
import { contentText } from "../model/content-text.ts";
import type { CacheDeclaration, NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import { type ReadDeclarations, readDeclarations } from "../read/read-declarations.ts";
import type { FileQuestion, Resolution, ResolveRequest } from "../resolve/resolution.ts";
import { askedFiles } from "./asked-files.ts";

/** Resolves types, as `resolveTypesCached` does. */
export type Resolver = (request: ResolveRequest, files: FileSystem) => Promise<Resolution>;

/** The declarations of a YAML file, with what was asked of the file system for them. */
interface Read {
  readonly found: ReadDeclarations;
  readonly questions: readonly FileQuestion[];
}

/**
 * Reads, checks and emits, and does none of it again that would come to the same as the last time: of a thousand caches, a
 * changed type concerns a few. A declaration that is the same object is unchanged.
 */
export class WarmRun implements Emitters {
  readonly #reads = new Map<string, Read>();
  readonly #modules = new WeakMap<CacheDeclaration, { readonly key: string; readonly file: GeneratedFile }>();
  /** By YAML file, with all that it is made of. */
  readonly #indexes = new Map<string, { readonly parts: readonly unknown[]; readonly file: GeneratedFile }>();
  /** Values without findings, by the text of their type. */
  readonly #faultless = new WeakMap<NamedValue, string>();
  readonly #typeKeys = new WeakMap<ResolvedType, string>();
  readonly resolve: Resolver;

  constructor(resolve: Resolver = resolveTypesCached) {
    this.resolve = resolve;
  }

  /** What `readDeclarations` gives. */
  read(file: string, files: FileSystem): Read {
    const known = this.#reads.get(file);
    if (known !== undefined && answersHold(known.questions, files)) return known;
    const questions: FileQuestion[] = [];
    const read: Read = { found: readDeclarations(file, askedFiles(files, questions)), questions };
    this.#reads.set(file, read);
    return read;
  }

  /** What `checkValue` gives. */
  checkValue = (named: NamedValue, type: ResolvedType): readonly Diagnostic[] => {
    const key = this.#keyOf(type);
    if (this.#faultless.get(named) === key) return [];
    const findings = checkValue(named, type);
    // Findings have places, which move while the type stays what it is.
    if (findings.length === 0) this.#faultless.set(named, key);
    return findings;
  };

  /** What `cacheModule` gives. */
  cacheModule = (cache: CacheDeclaration, model: OutputModel): GeneratedFile => {
    const type = model.types.get(cache.name);
    const ttlModule = JSON.stringify(model.ttlFunctions.get(cache.name)?.module);
    const key = `${model.importExtension} ${ttlModule} ${type === undefined ? "" : this.#keyOf(type)}`;
    const known = this.#modules.get(cache);
    if (known?.key === key) return known.file;
    const emitted = cacheModule(cache, model);
    this.#modules.set(cache, { key, file: emitted });
    return emitted;
  };

  /** What `indexModule` gives. */
  indexModule = (model: OutputModel): GeneratedFile => {
    const { file, output, backends, caches, memoized, mutations } = model.declarations;
    const parts = [model.importExtension, output, ...backends, ...caches, ...memoized, ...mutations];
    const known = this.#indexes.get(file);
    const isSame = known?.parts.length === parts.length && known.parts.every((part, index) => part === parts[index]);
    if (known !== undefined && isSame) return known.file;
    const emitted = indexModule(model);
    this.#indexes.set(file, { parts, file: emitted });
    return emitted;
  };

  #keyOf(type: ResolvedType): string {
    const known = this.#typeKeys.get(type);
    if (known !== undefined) return known;
    const key = JSON.stringify([type.text, type.module, contentText(type.ir)]);
    this.#typeKeys.set(type, key);
    return key;
  }
}
