export interface Found {
  readonly titles: readonly string[];
}
