export interface Page {
  readonly items: readonly string[];
}
