import type { OutputModel } from "../../../generator/src/emit/output-model.ts";
import type {
  BackendDeclaration,
  CacheDeclaration,
  KeyPattern,
  KeyType,
} from "../../../generator/src/model/declaration.ts";
import type { ImportExtension, ResolvedType } from "../../../generator/src/model/resolved-type.ts";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";

export const span = { file: "/app/cachetory.yaml", start: 0, end: 0 };

/** `["user:", ["id", "uuid"]]` */
export function pattern(
  ...segments: readonly (string | readonly [string, KeyType["kind"] | readonly string[]])[]
): KeyPattern {
  return {
    text: segments
      .map((segment) =>
        typeof segment === "string"
          ? segment
          : `{${segment[0]}:${typeof segment[1] === "string" ? segment[1] : segment[1].join("|")}}`,
      )
      .join(""),
    segments: segments.map((segment) => {
      if (typeof segment === "string") return { kind: "literal", text: segment };
      const [name, type] = segment;
      return {
        kind: "parameter",
        name,
        type: (typeof type === "string" ? { kind: type } : { kind: "union", members: type }) as KeyType,
      };
    }),
  };
}

export function backend(name: string, more: Partial<BackendDeclaration> = {}): BackendDeclaration {
  return {
    name,
    nameSpan: span,
    description: undefined,
    url: { text: "memory://", parts: [{ kind: "literal", text: "memory://" }], span },
    development: undefined,
    schemes: undefined,
    isDistinct: false,
    isEvicting: false,
    prefix: "",
    ...more,
  };
}

export function cache(name: string, more: Partial<CacheDeclaration> = {}): CacheDeclaration {
  return {
    name,
    nameSpan: span,
    description: undefined,
    backend: "local",
    key: pattern(`${name}:`, ["id", "int"]),
    keySpan: span,
    value: { kind: "type", expression: "string", module: undefined },
    valueSpan: span,
    serializer: [{ scheme: "json", options: [] }],
    serializerSpan: span,
    ttl: { ms: 60_000 },
    ttlSpan: span,
    maxTtl: undefined,
    values: {
      ttlFunction: undefined,
      jitter: undefined,
      negative: undefined,
      negativeSpan: undefined,
      maxValueSize: undefined,
    },
    loads: { singleFlight: undefined, isGuarded: false },
    freshness: { stale: undefined, refreshAhead: undefined, timeouts: undefined },
    offload: undefined,
    isValidated: true,
    sharesLoads: false,
    hasEventKeys: false,
    layers: undefined,
    isLocal: false,
    isolation: undefined,
    reads: undefined,
    recovery: undefined,
    protection: { gutter: undefined, maxLoads: undefined, onBackendError: undefined },
    tags: [],
    revision: undefined,
    mode: "async",
    ...more,
  };
}

export interface ModelParts {
  readonly caches?: readonly CacheDeclaration[];
  readonly backends?: readonly BackendDeclaration[];
  readonly types?: Readonly<Record<string, TypeText>>;
  readonly importExtension?: ImportExtension;
  readonly file?: string;
  readonly output?: string;
}

/** A type of which only the text is looked at. */
export type TypeText = Omit<ResolvedType, "ir">;

const ir: TypeIr = { root: 0, nodes: [{ kind: "unknown" }], files: [] };

/** Every cache without a type of its own holds a `string`. */
export function model(parts: ModelParts = {}): OutputModel {
  const caches = parts.caches ?? [];
  const string: TypeText = { text: ["string"], module: undefined };
  return {
    declarations: {
      file: parts.file ?? "/app/cachetory.yaml",
      included: [],
      output: parts.output ?? "/app/src/caches",
      outputSpan: span,
      backends: parts.backends ?? [backend("local")],
      caches,
      memoized: [],
      mutations: [],
    },
    types: new Map(caches.map(({ name }) => [name, { ...(parts.types?.[name] ?? string), ir }])),
    memoized: new Map(),
    mutated: new Map(),
    ttlFunctions: new Map(),
    importExtension: parts.importExtension ?? "js",
  };
}
