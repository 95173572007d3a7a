export interface Product {
  readonly id: number;
}

export type StockOf = (logger: (message: string) => void, product: Product) => Promise<number>;

/** How many there are. */
export const stockOf: StockOf = async (log, product) => {
  log("asked");
  return product.id * 2;
};

export function countAll(): number {
  return 3;
}

export class Search {
  static readonly #found = ["a", "b"];

  /** What is found. */
  static async run(options: { readonly words: readonly string[]; readonly page: number }): Promise<string[]> {
    return Search.#found.filter((word) => options.words.includes(word)).slice(options.page);
  }
}

export async function wordsIn(page: number, ...words: readonly string[]): Promise<string[]> {
  return words.slice(page);
}

export function rateOf(rate: "one"): number;
export function rateOf(rate: string): number;
export function rateOf(rate: string): number {
  return rate.length;
}

export const shelf = {
  blobs: {
    size: 2,
    async read(id: string): Promise<Uint8Array> {
      return new Uint8Array(this.size).fill(id.length);
    },
  },
};

export class Warehouse {
  static async cities(): Promise<string[]> {
    return ["Utrecht"];
  }

  readonly city: string;

  constructor(city: string) {
    this.city = city;
  }

  /** How many there are in this one. */
  async stockOf(product: Product): Promise<number> {
    return product.id + this.city.length;
  }
}

/** Something that is made elsewhere. */
export interface Visits {
  of(instance: string): number;
}

export interface Remote<Id extends number = number> {
  stockOf(id: Id): Promise<{ readonly id: Id; readonly left: number } | undefined>;
}
