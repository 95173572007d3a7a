export interface Product {
  readonly id: number;
}

/** How many there are. */
export async function stockOf(logger: (message: string) => void, product: Product, _isFresh?: boolean): Promise<number> {
  logger("asked");
  return product.id * 2;
}

export async function stocksOf(calls: readonly { readonly product: Product }[]): Promise<number[]> {
  return calls.map(({ product }) => product.id * 2);
}

export async function wordsIn(page: number, ...words: readonly string[]): Promise<string[]> {
  return words.slice(page);
}

export async function allWordsIn(calls: readonly [page: number, ...words: string[]][]): Promise<string[][]> {
  return calls.map(([page, ...words]) => words.slice(page));
}

interface Asked {
  readonly words: readonly string[];
  readonly page: number;
}

export class Search {
  static readonly #found = ["a", "b"];

  static async run(options: Asked): Promise<string[]> {
    return Search.#found.filter((word) => options.words.includes(word)).slice(options.page);
  }

  static async runMany(asked: readonly Asked[]): Promise<string[][]> {
    return Promise.all(asked.map((options) => this.run(options)));
  }
}

export class Warehouse {
  readonly city: string;

  constructor(city: string) {
    this.city = city;
  }

  /** How many there are in this one. */
  async stockOf(product: Product): Promise<number> {
    return product.id + this.city.length;
  }

  async stocksOf(products: readonly Product[]): Promise<Map<Product, number>> {
    return new Map(products.map((product) => [product, product.id + this.city.length]));
  }
}

export interface Item {
  readonly id: number;
  readonly left: number;
}

export interface Remote {
  stockOf(id: number): Promise<Item | undefined>;
}

export function items(ids: readonly number[]): ReadonlyMap<number, Item> {
  return new Map(ids.map((id) => [id, { id, left: 1 }]));
}
