import type { Freshness } from "./freshness.ts";
import type { LoadPolicies } from "./load-policies.ts";
import type { Protection } from "./protection.ts";
import type { SchemaType } from "./schema-type.ts";
import type { TagDeclaration } from "./tag.ts";
import type { ValuePolicies } from "./value-policies.ts";

/** A stretch of the text of a file: offsets in UTF-16 units, the end not included. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/**
 * A YAML file and those that it includes, read and found well-formed. Names are unique; backends and caches are sorted by
 * name (code units).
 */
export interface Declarations {
  /** Absolute path of the YAML file. */
  readonly file: string;
  /** Absolute paths of the files that it includes, in the order of the text. */
  readonly included: readonly string[];
  /** Absolute path of the folder that the generator owns. */
  readonly output: string;
  readonly outputSpan: Span;
  readonly backends: readonly BackendDeclaration[];
  readonly caches: readonly CacheDeclaration[];
  /** Sorted by name. */
  readonly memoized: readonly MemoizedDeclaration[];
  /** Sorted by name. */
  readonly mutations: readonly MutationDeclaration[];
}

export interface BackendDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  readonly description: string | undefined;
  readonly url: UrlTemplate;
  /** Serves instead of `url` outside production where a variable of `url` is unset. */
  readonly development: UrlTemplate | undefined;
  /** What `url` may name where its scheme comes from the environment; `undefined` where that is not said. */
  readonly schemes: readonly string[] | undefined;
  /** Whether no other backend is the same server and database, wherever the URLs leave that open. */
  readonly isDistinct: boolean;
  /** Whether the server is known to make room by evicting entries, also those that never expire. */
  readonly isEvicting: boolean;
  /** Put before every key of the backend's caches. */
  readonly prefix: string;
}

/** A URL in which environment variables may stand. */
export interface UrlTemplate {
  /** As written in the YAML. */
  readonly text: string;
  readonly parts: readonly UrlPart[];
  readonly span: Span;
}

export type UrlPart =
  | { readonly kind: "literal"; readonly text: string }
  /** `${NAME}`, `${NAME:-fallback}`, `${NAME:?message}` */
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly fallback: string | undefined;
      readonly message: string | undefined;
    };

export interface CacheDeclaration {
  readonly name: string;
  readonly nameSpan: Span;
  readonly description: string | undefined;
  readonly backend: string;
  readonly key: KeyPattern;
  readonly keySpan: Span;
  /** The environment variable that holds the secret of `secret` parameters; absent where the key has none. */
  readonly keySecret?: { readonly variable: string; readonly span: Span } | undefined;
  readonly value: ValueDeclaration;
  readonly valueSpan: Span;
  readonly serializer: Pipeline;
  readonly serializerSpan: Span;
  readonly ttl: Ttl;
  /** The name of the cache where the ttl is that of the defaults. */
  readonly ttlSpan: Span;
  /** The longest ttl that a call may ask for; `undefined` means `ttl` itself. */
  readonly maxTtl: Ttl | undefined;
  readonly values: ValuePolicies;
  readonly loads: LoadPolicies;
  readonly freshness: Freshness;
  /** Which values worker threads serialize and compress; `undefined` for none. */
  readonly offload: Offload | undefined;
  /** Whether what is read is held against the type, where the serializer lets another shape through. */
  readonly isValidated: boolean;
  /** What holds near what was read of `backend`; `undefined` where nothing does. */
  readonly layers: Layers | undefined;
  /** Whether its backend, as `url` names it, or what is near, keeps entries in the process. */
  readonly isLocal: boolean;
  /** How values are isolated that such a backend keeps as they are; `undefined` where it keeps what the serializer makes. */
  readonly isolation: Isolation | undefined;
  /** Whether callers that wait for one load have the very value that it gave, and no copies. */
  readonly sharesLoads: boolean;
  /** Whether events hold the text of its keys. */
  readonly hasEventKeys: boolean;
  /** Who answers reads; `undefined` for the masters. */
  readonly reads: "replica" | undefined;
  /** How many invalidations that fail are kept; `undefined` where they are rejected. */
  readonly recovery: Recovery | undefined;
  readonly protection: Protection;
  /** Of its entries; those of a cache that is made for a function have none. */
  readonly tags: readonly TagDeclaration[];
  readonly revision: number | undefined;
  /** Whether its operations give promises. */
  readonly mode: Mode;
}

/** A function of the user's, as the YAML names it. */
export interface NamedFunction {
  /** A path relative to the YAML file, or a package. */
  readonly module: string;
  /** The exported name, then the property below it, as in `Users.load`. */
  readonly path: readonly [exported: string, ...properties: string[]];
  /** Whether the last property is a method that instances of the rest have, as in `Users#load`. */
  readonly isOfInstance: boolean;
  readonly functionSpan: Span;
}

/** A function of the user's that reads through a cache. */
export interface MemoizedDeclaration extends NamedFunction {
  readonly name: string;
  readonly nameSpan: Span;
  /** What loads in its place; `undefined` where it loads itself. */
  readonly batch: BatchDeclaration | undefined;
  /** Of one that is made for it, the key is not known before the function is. */
  readonly cache: CacheDeclaration | UnkeyedCache;
  /** Where parameters of the key come from, as far as that is written; the others have the name of their source. */
  readonly sources: readonly KeySource[];
  /** Parameters of the function that are meant to be no part of the key. */
  readonly ignored: readonly IgnoredParameter[];
}

/** What loads for many calls of a memoized function at once. */
export interface BatchDeclaration extends NamedFunction {
  /** The most calls that it is given; `undefined` for no limit. */
  readonly maxCalls: number | undefined;
}

/** A cache that is made for a memoized function, before its key is known. */
export interface UnkeyedCache extends Omit<CacheDeclaration, "key"> {
  readonly key: undefined;
}

/** A parameter of the function, or a property inside of it, that is a parameter of the key. */
export interface KeySource {
  /** Of the key. */
  readonly parameter: string;
  readonly path: readonly [parameter: string, ...properties: string[]];
  readonly span: Span;
}

export interface IgnoredParameter {
  readonly name: string;
  readonly span: Span;
}

/** A function of the user's that changes what entries were made of. */
export interface MutationDeclaration extends NamedFunction {
  readonly name: string;
  readonly nameSpan: Span;
  /** At least one. */
  readonly invalidations: readonly InvalidationDeclaration[];
  readonly onInvalidationError: OnInvalidationError;
}

/** What becomes of a call whose function has succeeded, and whose entries could not be deleted. */
export type OnInvalidationError = "throw" | "warn";

/** Entries of one cache that a mutation deletes. */
export interface InvalidationDeclaration {
  /** As written in the YAML. */
  readonly text: string;
  readonly span: Span;
  readonly cache: CacheDeclaration | UnkeyedCache;
  /** `all` entries; the entry whose parameters the function has `by-name`; or those with these parts. */
  readonly parts: "all" | "by-name" | readonly InvalidatedPart[];
  /** Whether they are deleted before the function is called as well. */
  readonly isBefore: boolean;
}

/** What a parameter of the key is in the entries that are deleted. */
export interface InvalidatedPart {
  /** Of the key. */
  readonly parameter: string;
  readonly parameterSpan: Span;
  readonly source: PartSource;
  readonly span: Span;
}

export type PartSource =
  /** `*` */
  | { readonly kind: "any" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "path"; readonly steps: ValuePath };

/** From a parameter of the function, or `result`, or `this`, to a value inside of it: `orders[].customer?.id`. */
export type ValuePath = readonly [root: PropertyStep, ...steps: ValueStep[]];

export type ValueStep = PropertyStep | { readonly kind: "each"; readonly isOptional: boolean };

export interface PropertyStep {
  readonly kind: "property";
  readonly name: string;
  /** Whether nothing is invalidated where there is no such thing. */
  readonly isOptional: boolean;
}

export type Mode = "async" | "sync";

/** How one caller is kept from changing what another one reads: a copy for each, one that is frozen, or not at all. */
export type Isolation = "clone" | "freeze" | "share";

/** A backend in front of the one of a cache. */
export interface Layers {
  /** Its name. */
  readonly near: string;
  /** The longest that an entry is kept there; `undefined` where nothing is said. */
  readonly nearTtl: Ttl | undefined;
  readonly invalidation: Invalidation;
}

/** What ends near entries that another process changes: news by the server, or by the processes; or their ttl alone. */
export type Invalidation = "tracking" | "bus" | "none";

export interface Recovery {
  /** More count as one of all keys. */
  readonly maxKeys: number;
}

export interface Offload {
  /** As written in the YAML: `always`, or a size. */
  readonly text: string;
  /** Smaller values stay on the calling thread. */
  readonly minBytes: number;
}

export type Ttl = { readonly ms: number } | "forever";

export interface KeyPattern {
  /** As written in the YAML. */
  readonly text: string;
  readonly segments: readonly KeySegment[];
}

export type KeySegment = KeyLiteral | KeyParameter;

export interface KeyLiteral {
  readonly kind: "literal";
  readonly text: string;
}

export interface KeyParameter {
  readonly kind: "parameter";
  readonly name: string;
  readonly type: KeyType;
}

export type KeyType =
  | { readonly kind: "string" | "int" | "number" | "bigint" | "bool" | "uuid" | "date" | "hash" | "secret" }
  | { readonly kind: "union"; readonly members: readonly string[] };

export type ValueDeclaration =
  | { readonly kind: "bytes" }
  /** A type expression, over the exports of `module` (a path relative to the file that it is written in, or a package) and global types. */
  | {
      readonly kind: "type";
      readonly expression: string;
      readonly module: string | undefined;
      /** Where `any` may stand in it; none where it is not written. */
      readonly allowAny?: readonly AllowedAny[];
    }
  /** An inline JSON Schema, which is all that there is to know of the type. */
  | { readonly kind: "schema"; readonly type: SchemaType };

/** A path inside of the type, or the name of a type, below which `any` is meant. */
export interface AllowedAny {
  readonly text: string;
  readonly span: Span;
}

/** The value of a cache of which perhaps nothing else could be read. */
export interface NamedValue {
  readonly name: string;
  readonly value: ValueDeclaration;
  readonly span: Span;
  /** `undefined` where it could not be read, or does not fit by itself. */
  readonly serializer: Pipeline | undefined;
  /** What says how long each value lives. */
  readonly ttlFunction?: NamedFunction | undefined;
  /** As it is written at the cache itself, where values are to be kept as they are. */
  readonly isolation?: { readonly value: Isolation; readonly span: Span } | undefined;
}

/** Steps from the value to what is stored; at least one. */
export type Pipeline = readonly PipelineStep[];

export interface PipelineStep {
  readonly scheme: string;
  /** Checked and converted; only those written in the YAML. Sorted by name. */
  readonly options: readonly (readonly [name: string, value: string | number | boolean])[];
}
