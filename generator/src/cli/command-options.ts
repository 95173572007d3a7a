import type { Effect } from "../diff/change.ts";
import type { GenerateMode } from "../generate/generate-outputs.ts";
import type { GivenKey } from "../inspect/given-key.ts";

/** How findings are printed: `pretty` for people (to stderr), the others for tools (to stdout). */
export type ReportFormat = "pretty" | "text" | "json" | "github";

export const reportFormats: readonly ReportFormat[] = ["pretty", "text", "json", "github"];

export interface InitOptions {
  /** Absolute path of the YAML file to write. */
  readonly file: string;
  /** Whether Visual Studio Code is to recommend what understands the schema. */
  readonly vscode: boolean;
}

export interface ValidateOptions {
  /** Absolute paths of YAML files, each once. */
  readonly files: readonly string[];
}

export interface WatchOptions {
  /** Absolute paths of YAML files, each once. */
  readonly files: readonly string[];
}

export interface InspectOptions {
  /** Absolute paths of YAML files, each once. */
  readonly files: readonly string[];
  /** Its name. */
  readonly cache: string;
  /** Empty where no key is asked for. */
  readonly key: GivenKey;
  readonly json: boolean;
}

export interface GetOptions {
  /** Absolute paths of YAML files, each once. */
  readonly files: readonly string[];
  /** Its name. */
  readonly cache: string;
  readonly key: GivenKey;
  /** Of another server than the declared one. */
  readonly url: string | undefined;
  readonly json: boolean;
}

/** How bytes are written where they are given. */
export type ByteForm = "raw" | "hex" | "base64";

export const byteForms: readonly ByteForm[] = ["raw", "hex", "base64"];

export interface DecodeOptions {
  /** Absolute paths of YAML files, each once. */
  readonly files: readonly string[];
  /** Its name. */
  readonly cache: string;
  /** Of the entry; empty where it is not given. */
  readonly key: GivenKey;
  /** Of the entry, relative to the current folder; `-` for the standard input. */
  readonly file: string;
  readonly from: ByteForm;
  readonly json: boolean;
}

export interface SchemaOptions {
  /** Absolute paths of YAML files, each once. */
  readonly files: readonly string[];
  /** Its name. */
  readonly cache: string;
}

export interface GenerateOptions {
  /** Absolute paths of YAML files, each once. */
  readonly files: readonly string[];
  readonly mode: GenerateMode;
}

/** For people, for programs, and for the description of a pull request. */
export type DiffFormat = "pretty" | "json" | "markdown";

export const diffFormats: readonly DiffFormat[] = ["pretty", "json", "markdown"];

export interface DiffOptions {
  /** Absolute paths of YAML files, each once. */
  readonly files: readonly string[];
  /** What git is asked for; `undefined` for where the branch began. */
  readonly ref: string | undefined;
  readonly format: DiffFormat;
  /** The least effect with which the command ends with 1. */
  readonly failOn: Effect | "never";
}
