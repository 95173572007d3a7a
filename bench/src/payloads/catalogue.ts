import type { Random } from "./random.ts";

/** A product of a catalogue: a uuid and a date as text, money, things that may be absent. */
export interface Item {
  readonly id: string;
  readonly title: string;
  readonly price: number;
  readonly currency: "EUR" | "USD" | "GBP";
  readonly stock: number;
  readonly discount?: number;
  readonly rating: number | null;
  readonly categories: readonly string[];
  readonly updatedAt: string;
}

/** A page of 50. */
export type Catalogue = readonly Item[];

export function makeItem(random: Random): Item {
  return {
    id: random.uuid(),
    title: random.words(10),
    price: random.below(100_000) / 100,
    currency: random.pick(["EUR", "USD", "GBP"]),
    stock: random.below(300),
    ...(random.once(3) && { discount: random.below(50) }),
    rating: random.once(5) ? null : random.below(50) / 10,
    categories: random.many(1 + random.below(3), () => random.words(1)),
    updatedAt: random.isoDate(),
  };
}

export function makeCatalogue(random: Random): Catalogue {
  return random.many(50, () => makeItem(random));
}
