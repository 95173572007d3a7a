export interface Item {
  readonly sku: string;
}
export interface Page<T> {
  readonly items: readonly T[];
}
