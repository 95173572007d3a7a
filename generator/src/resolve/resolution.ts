import type { MemoizedDeclaration, MutationDeclaration, Span } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import type { MutatedFunction } from "../model/mutated-function.ts";
import type { ImportExtension, ResolvedType } from "../model/resolved-type.ts";
import type { TtlFunction, TtlFunctionDeclaration } from "../model/ttl-function.ts";

/** Type expressions, memoized functions and mutations to resolve, of one YAML file and those that it includes. */
export interface ResolveRequest {
  /** Absolute folder of the YAML file: packages are looked for from here, and the nearest tsconfig.json upwards counts. */
  readonly folder: string;
  /** Absolute path of the folder that is generated: nothing in it counts that no module leads to. */
  readonly output?: string | undefined;
  readonly types: readonly RequestedType[];
  /** Held against the types of their caches, which are found among `types` by the name of the cache. */
  readonly memoized: readonly MemoizedDeclaration[];
  readonly mutations: readonly MutationDeclaration[];
  /** Held against the types of their caches, as memoized functions are. */
  readonly ttlFunctions: readonly TtlFunctionDeclaration[];
  /** What these say counts, whatever lies there yet: the user's code names types that are generated from JSON Schemas. */
  readonly generated?: GeneratedModules | undefined;
}

/** Modules that are about to be written. */
export interface GeneratedModules {
  /** Absolute path of their folder. */
  readonly output: string;
  /** Those that need no types; `index.ts` exports them, and what it exports as it lies there. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

export interface RequestedType {
  /** Unique in the request; the answer is found under it. */
  readonly id: string;
  /** A TypeScript type over the exports of `module` and global types. */
  readonly expression: string;
  /**
   * A path that begins with `./` or `../`, from the folder of the YAML file that it is written in, or a package;
   * `undefined` where only global types are named.
   */
  readonly module: string | undefined;
  /** Where it is written, which findings about it point to. */
  readonly span: Span;
}

export interface Resolution {
  /** By id; an id that is missing has a finding. */
  readonly types: ReadonlyMap<string, ResolvedType>;
  /** By name; one that is missing has a finding, or the type of its cache has. */
  readonly memoized: ReadonlyMap<string, MemoizedFunction>;
  /** By name; one that is missing has a finding, or the key of a cache that it invalidates has. */
  readonly mutated: ReadonlyMap<string, MutatedFunction>;
  /** By the name of the cache; one that is missing has a finding. */
  readonly ttlFunctions: ReadonlyMap<string, TtlFunction>;
  readonly importExtension: ImportExtension;
  readonly diagnostics: readonly Diagnostic[];
  /** All that was asked of the file system, with the answers: while they hold, the resolution does. */
  readonly questions: readonly FileQuestion[];
}

/** One question to the file system and its answer. Hashes are of the content; `undefined` where nothing is there. */
export type FileQuestion =
  | { readonly kind: "read"; readonly path: string; readonly hash: string | undefined }
  | { readonly kind: "kind"; readonly path: string; readonly answer: "file" | "folder" | undefined }
  | { readonly kind: "list"; readonly path: string; readonly hash: string }
  | { readonly kind: "realPath"; readonly path: string; readonly answer: string }
  /** Which files at or below a path may count although nothing imports them, but for what is in `without`. */
  | {
      readonly kind: "farReaching";
      readonly path: string;
      readonly without: readonly string[];
      /** While it is the same, so is the answer; `undefined` where nothing says so. */
      readonly stamp: string | undefined;
      readonly hash: string;
    };
