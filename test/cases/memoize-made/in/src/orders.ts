export interface Order {
  readonly id: number;
  readonly at: string;
}

export type OrderId = string & { readonly brand: "order" };

export interface Filter {
  readonly customer: { readonly id: bigint };
}

/** An order, as it was at a moment. */
export async function loadOrder(
  id: OrderId,
  moment: Date,
  detail: "short" | "long",
  isPaid: boolean,
  { pages, tags }: { readonly pages: number; readonly tags: readonly string[] },
): Promise<Order | undefined> {
  if (isPaid) return undefined;
  return { id: pages, at: [id, moment.toISOString(), detail, ...tags].join() };
}

export class Orders {
  static async of(filter: Filter, logger: (text: string) => void): Promise<readonly Order[] | null> {
    logger("asked");
    return filter.customer.id === 0n ? null : [{ id: Number(filter.customer.id), at: "now" }];
  }
}

/**
 * All that there are.
 *
 * ```ts
 * @decorated
 * ```
 * @returns by name
 */
export async function all(): Promise<Map<string, number>> {
  return new Map([["a", 1]]);
}

export function slugOf(title: string): string {
  return title.toLowerCase().replaceAll(" ", "-");
}

export function greet(name: string): string {
  return `hello ${name}`;
}
