/** What every contender stores: an object of a plain shop, 350 bytes of JSON. */
export interface Product {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly tags: readonly string[];
  readonly inStock: boolean;
  readonly updatedAt: string;
}

/** A value of the same size for each id up to 9,999. */
export function productOf(id: number): Product {
  return {
    id,
    name: "Folding bicycle, 20 inch, eight gears",
    description:
      "Folds in twelve seconds, weighs less than eleven kilograms, and fits under a desk or any regional train seat.",
    price: { amount: 1249.95, currency: "EUR" },
    tags: ["bicycle", "folding", "commuting", "lightweight", "aluminium"],
    inStock: true,
    updatedAt: "2026-03-14T09:26:53.589Z",
  };
}
