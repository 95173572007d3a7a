export interface Page {
  readonly items: readonly string[];
}
export type MaybePage = Page | null;
