import { type Item, makeItem } from "./catalogue.ts";
import type { Random } from "./random.ts";

/** The answer of a shop's search: hits with scores and marked text, facets, how to go on. */
export interface SearchPage {
  readonly query: string;
  readonly total: number;
  readonly tookMs: number;
  readonly hits: readonly {
    readonly score: number;
    readonly item: Item;
    readonly highlights: readonly {
      readonly field: "title" | "categories";
      readonly from: number;
      readonly to: number;
    }[];
  }[];
  readonly facets: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>;
  readonly next: string | null;
}

export function makeSearchPage(random: Random): SearchPage {
  return {
    query: random.words(2),
    total: random.below(5000),
    tookMs: random.below(40),
    hits: random.many(24, () => ({
      score: random.below(1e9) / 1e8,
      item: makeItem(random),
      highlights: random.many(1 + random.below(2), () => {
        const from = random.below(20);
        return { field: random.pick(["title", "categories"]), from, to: from + 6 };
      }),
    })),
    facets: Object.fromEntries(
      ["brand", "category", "price", "rating"].map((facet) => [
        facet,
        random.many(8, () => ({ value: random.words(1), count: random.below(900) })),
      ]),
    ),
    next: random.once(4) ? null : random.hex(40),
  };
}
