export interface Product {
  readonly name: string;
}
