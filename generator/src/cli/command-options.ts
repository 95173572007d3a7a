/** How findings are printed: `pretty` for people (to stderr), the others for tools (to stdout). */
export type ReportFormat = "pretty" | "text" | "json" | "github";

export const reportFormats: readonly ReportFormat[] = ["pretty", "text", "json", "github"];

export interface InitOptions {
  /** Absolute path of the YAML file to write. */
  readonly file: string;
}

export interface ValidateOptions {
  /** Absolute path of the YAML file. */
  readonly file: string;
}

export interface GenerateOptions {
  /** Absolute path of the YAML file. */
  readonly file: string;
  /** Writes nothing; a file that would change is a finding. */
  readonly check: boolean;
  /** Writes nothing; the notes say what would be written. */
  readonly dryRun: boolean;
}
