export interface Line {
  readonly product: bigint;
}

export interface Order {
  readonly customer?: { readonly tenant: string } | undefined;
  readonly lines: readonly Line[] | null;
  readonly words: readonly string[] | undefined;
}

export async function placeOrder(order: Order): Promise<{ readonly id: number }> {
  return { id: order.lines?.length ?? 0 };
}

export async function moveLines(
  orders: readonly ({ readonly id: number; readonly lines: readonly Line[] } | undefined)[],
): Promise<void> {
  if (orders.length === 0) throw new Error("Nothing to move.");
}

export class Flags {
  static #cleared: Date | undefined;

  /** Clears what is older. */
  static async clear(since: Date): Promise<Date | undefined> {
    const before = Flags.#cleared;
    Flags.#cleared = since;
    return before;
  }
}

export class Orders {
  readonly tenant: string;

  constructor(tenant: string) {
    this.tenant = tenant;
  }

  /** Removes orders. */
  async remove(...ids: readonly number[]): Promise<number> {
    return ids.length;
  }
}

/** Keeps its type parameter. */
export async function archive<Item extends { readonly tenant: string; readonly id: number }>(item: Item): Promise<Item> {
  return item;
}
