export interface Product {
  readonly name: string;
  readonly price: number;
}
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
export type Pair<A, B = A> = readonly [A, B];
export declare namespace legacy {
  interface Customer {
    readonly id: number;
  }
}
export class Money {
  readonly cents: number = 0;
}
export const rates: { readonly eur: number } = { eur: 1 };
