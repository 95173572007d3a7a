export interface Dish {
  name: string;
  price: number;
  note?: string;
  allergens: ("nuts" | "milk")[];
  made: { by: string; minutes: number | null };
}

export interface Menu {
  title: string;
  sections: { name: string; dishes: Dish[] }[];
  byCode: Record<string, Dish>;
  special: { kind: "dish"; dish: Dish } | { kind: "text"; text: string } | null;
}

export interface Order {
  at: Date;
  until?: Date | undefined;
  dishes: Map<string, number>;
  tables: Set<number>;
  total: bigint;
  receipt: Uint8Array | string;
  split: [first: Dish, ...others: Dish[]];
}

/** Only the last dish of all tells one from the other. */
export type Combo = { of: (Combo | Dish)[]; extra?: { with?: Combo; price: number } } | { of: (Combo | Dish)[]; extra?: { with?: Combo; free: true } };
