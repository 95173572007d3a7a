export interface Product {
  readonly id: number;
  readonly brandId?: "acme" | "other";
  readonly offers: readonly { readonly shop: { readonly id: string } | null }[];
  readonly labels: string[] | undefined;
}

export type Page =
  | { readonly kind: "list"; readonly products: Product[]; readonly owner: { readonly id: bigint } }
  | { readonly kind: "empty"; readonly products?: Product[]; readonly owner?: { readonly id: bigint } };

export interface Release {
  readonly class: string;
  readonly default: boolean;
}
