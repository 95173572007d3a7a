export interface Product {
  readonly brandId: string;
  readonly name: string;
  readonly shops: number[];
  readonly any: unknown;
  readonly mixed: string | number;
}
