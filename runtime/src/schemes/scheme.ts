import type { Kind } from "../serializers/serializer.ts";

/** What an option of a URL may be. `default` is written as in a URL and holds where the option is absent. */
export type OptionSpec =
  | (OptionBase & { readonly kind: "integer"; readonly min: number; readonly max: number })
  /** `min` and `max` in milliseconds. */
  | (OptionBase & { readonly kind: "duration"; readonly min?: number; readonly max?: number })
  /** `min` and `max` in bytes. */
  | (OptionBase & { readonly kind: "size"; readonly min?: number; readonly max?: number })
  | (OptionBase & { readonly kind: "choice"; readonly choices: readonly string[] })
  | (OptionBase & { readonly kind: "boolean" })
  /** The name of an environment variable, which holds what is not written down. */
  | (OptionBase & { readonly kind: "variable" })
  | (OptionBase & { readonly kind: "text" });

interface OptionBase {
  /** One sentence, for references and editors. */
  readonly description: string;
  readonly default?: string;
  /** Whether the scheme does not do without it. Default `false`. */
  readonly isRequired?: boolean;
}

/** The options of a scheme, by their names in a URL (kebab-case). */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A read option: durations are milliseconds, sizes bytes, choices their text. */
export type OptionValue = string | number | boolean;

/**
 * What may stand between `://` and the options: nothing, `[user[:password]@][host][:port][/db]`, the same with a list of
 * hosts, or `[user[:password]@]/path`.
 */
export type AddressForm = "none" | "host" | "hosts" | "path";

/** Where entries can live: what comes before `://` in the URL of a backend. */
export interface BackendScheme {
  readonly scheme: string;
  /** The kinds of pipeline output that it can hold. */
  readonly holds: readonly Kind[];
  /** Whether several processes see the same entries. */
  readonly isShared: boolean;
  /** Whether entries are in the process itself, so that values may be kept as they are. Default `false`. */
  readonly isLocal?: boolean;
  /** Whether it has replicas that can be read. Default `false`. */
  readonly hasReplicas?: boolean;
  readonly address: AddressForm;
  readonly options: OptionSpecs;
  /** The optional package that it needs. */
  readonly package?: string;
}

/** One step of a pipeline: a serializer or a compressor. */
export interface SerializerScheme {
  readonly scheme: string;
  readonly aliases?: readonly string[];
  readonly in: Kind;
  readonly out: Kind;
  /** Whether worker threads can do it: it takes far longer than handing over what it is given. Default `false`. */
  readonly isOffloadable?: boolean;
  /** What it does with a secret. Default: it has none. */
  readonly work?: "encrypt" | "sign";
  /** Whether it is written for a type by the generator, so that no URL alone makes it. Default `false`. */
  readonly isGenerated?: boolean;
  readonly options: OptionSpecs;
  /** The optional package that it needs. */
  readonly package?: string;
}

/** Something wrong in what was written: what, and what to do. Without a final stop. */
export interface Problem {
  readonly message: string;
  readonly hint?: string;
}
