/** Which YAML files are meant. */
export interface ConfigOptions {
  /**
   * The YAML file, or several, relative to `cwd`. By default the nearest `cachetory.yaml` or `cachetory.yml` from `cwd`
   * upwards, as far as the repository goes.
   */
  readonly config?: string | readonly string[] | undefined;
  /** The folder from which paths start; by default that of the process. What a YAML file says is relative to itself. */
  readonly cwd?: string | undefined;
}
