import type { GenerateMode } from "../generate/generate-outputs.ts";

/** How findings are printed: `pretty` for people (to stderr), the others for tools (to stdout). */
export type ReportFormat = "pretty" | "text" | "json" | "github";

export const reportFormats: readonly ReportFormat[] = ["pretty", "text", "json", "github"];

export interface InitOptions {
  /** Absolute path of the YAML file to write. */
  readonly file: string;
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
  /** Parameters of a key, as a JSON object. */
  readonly key: string | undefined;
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
