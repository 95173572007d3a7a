import { type Item, makeItem } from "./catalogue.ts";
import { Random } from "./random.ts";

/** What is stored of 12 KB: 50 products. */
export interface Page {
  readonly id: number;
  readonly items: readonly Item[];
}

/** Another value for each id. */
export function pageOf(id: number): Page {
  const random = new Random(id + 1);
  return { id, items: random.many(50, () => makeItem(random)) };
}
