export interface Product {
  readonly name: string;
}
export interface Page<T> {
  readonly items: readonly T[];
}
interface Hidden {
  readonly name: string;
}
export const hidden: Hidden = { name: "" };
