import { createHash } from "node:crypto";
import { type KeyText, keyTextOf } from "../keys/key-text.ts";
import type { BackendDeclaration, CacheDeclaration, KeyPattern, KeyType } from "../model/declaration.ts";

/** A cache as far as its keys go: what there is of it even where something else is wrong. */
export type KeyedCache = Pick<CacheDeclaration, "name" | "nameSpan" | "backend" | "key" | "keySpan" | "revision">;

/** All keys that a cache can have on its backend. */
export interface CacheKeys {
  readonly cache: KeyedCache;
  readonly backend: BackendDeclaration;
  /** The keys that are kept as they are. */
  readonly text: KeyText;
  /** How long they can be, in bytes of UTF-8: the prefix, and what is kept of the rest. */
  readonly maxBytes: number;
  readonly hashed: HashedKeys;
}

/** The keys that are too long to be kept. They have the only `~h` there is, so they never meet those that are kept. */
export interface HashedKeys {
  /** What they begin with. */
  readonly head: string;
  /** What they end with. */
  readonly tail: string;
  /** What they are hashes of; 32 bits of it are in the head. */
  readonly shape: string;
  /** Whether any key is that long. `clear` looks for them all the same. */
  readonly areUsed: boolean;
}

/** As in the runtime: longer keys are hashed. */
const maxKeyBytes = 512;

export function cacheKeys(cache: KeyedCache, backend: BackendDeclaration): CacheKeys {
  const { prefix } = backend;
  const tail = cache.revision === undefined ? "" : `~r${cache.revision}`;
  const shape = shapeOf(cache.key);
  const [first] = cache.key.segments;
  const head = prefix + (first?.kind === "literal" ? first.text : "");
  return {
    cache,
    backend,
    text: keyTextOf({ prefix, pattern: cache.key, revision: cache.revision }),
    maxBytes: Buffer.byteLength(prefix) + maxKeyBytes,
    hashed: {
      head: `${head}~h${createHash("sha256").update(shape).digest("hex").slice(0, 8)}`,
      tail,
      shape,
      areUsed: longestOf(cache.key) + tail.length > maxKeyBytes,
    },
  };
}

/** The pattern as the runtime hashes it: without the names of parameters. */
function shapeOf({ segments }: KeyPattern): string {
  return JSON.stringify(
    segments.map((segment) => {
      if (segment.kind === "literal") return segment.text;
      return { type: segment.type.kind === "union" ? segment.type.members : segment.type.kind };
    }),
  );
}

function longestOf({ segments }: KeyPattern): number {
  return segments
    .map((segment) => (segment.kind === "literal" ? Buffer.byteLength(segment.text) : longestPart(segment.type)))
    .reduce((sum, bytes) => sum + bytes, 0);
}

function longestPart(type: KeyType): number {
  switch (type.kind) {
    case "string":
    case "bigint":
      return Number.POSITIVE_INFINITY;
    case "int":
      return "-9007199254740991".length;
    case "number":
      return "-0.0000012345678901234567".length;
    case "bool":
      return "false".length;
    case "uuid":
      return 36;
    case "date":
      return "+275760-09-13T000000.000Z".length;
    case "hash":
    case "secret":
      return 32;
    case "union":
      return Math.max(...type.members.map((member) => member.length));
    default:
      return type satisfies never;
  }
}
