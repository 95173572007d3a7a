export interface Product {
  readonly name: string;
}
export interface Order {
  readonly lines: readonly { readonly at: Date; readonly product: Product }[];
  readonly meta: any;
}
export interface Page<T> {
  readonly items: readonly T[];
}
interface Hidden {
  readonly name: string;
}
export const hidden: Hidden = { name: "" };
