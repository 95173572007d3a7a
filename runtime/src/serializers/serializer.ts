/** What a step takes or gives: any value, text (a string), or bytes (a `Uint8Array`). */
export type Kind = "value" | "text" | "bytes";

/** Whose entry it is that a step makes or reads. */
export interface EntryContext {
  /** The text of its key, prefix included. */
  readonly key: string;
}

/**
 * Turns a value into what a backend stores, and back. A compressor is a serializer from bytes to bytes.
 * Must be synchronous and must not keep or change what it is given.
 *
 * @typeParam In - what goes in: the value, or the output of the step before
 * @typeParam Out - what comes out: a value, a string or a `Uint8Array`, as `out` says
 * @typeParam InKind - the kind of `In`, so that the compiler sees which steps fit one another
 * @typeParam OutKind - the kind of `Out`
 */
export interface Serializer<In = unknown, Out = unknown, InKind extends Kind = Kind, OutKind extends Kind = Kind> {
  /** For messages, as in a URL: `json`, `zlib`, `json+zlib`. */
  readonly name: string;
  readonly in: InKind;
  readonly out: OutKind;
  /**
   * Whether what it makes is bound to the key of its entry: then it is given a context, and its values are never kept in
   * memory as they are. Default `false`, and no context.
   */
  readonly bindsKey?: boolean | undefined;
  /** Called before a cache uses its backend, of a step that binds. Throws where it cannot work, such as without its secret. */
  prepare?(): void;
  /** @throws CachetoryError `INVALID_VALUE` where the value cannot be carried. */
  serialize(value: In, context?: EntryContext): Out;
  /** @throws CachetoryError `UNREADABLE` where the input is not what `serialize` makes. */
  deserialize(stored: Out, context?: EntryContext): In;
}

/** Keeps the value as it is, for backends that hold live values. */
export type ValueSerializer<V> = Serializer<V, unknown, "value", "value">;

/** A first step that makes text. */
export type TextSerializer<V> = Serializer<V, string, "value", "text">;

/** A first step, or a whole pipeline, that makes bytes. */
export type BytesSerializer<V> = Serializer<V, Uint8Array, "value", "bytes">;

/** A step from bytes to bytes, such as one that makes them smaller; without a serializer before it, it stores blobs. */
export type Compressor = Serializer<Uint8Array, Uint8Array, "bytes", "bytes">;

/** A step that binds bytes to a secret, and to the key of their entry: `aesGcm`, `hmac`. */
export type SealingStep = Compressor & { readonly bindsKey: true; prepare(): void };
