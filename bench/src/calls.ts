import { batchSize, type Operation } from "./cells.ts";
import type { Contender } from "./contender.ts";
import { check, type Product, productOf } from "./product.ts";

const productCount = 1000;

// Reads and single writes share these; batches write others, which are read back once to see that they are there.
const products: readonly Product[] = Array.from({ length: productCount }, (_, id) => productOf(id));
const readBatches = batchesFrom(0);
const writtenBatches = batchesFrom(productCount);

/** One checked call of an operation, `undefined` where the contender has no such operation. */
export function callOf(contender: Contender, operation: Operation): ((turn: number) => Promise<void>) | undefined {
  const { get, set, getMany, setMany, getOrSet } = contender;
  switch (operation) {
    case "get":
      return (
        get &&
        (async (turn) => {
          const id = spread(turn);
          check(await get(id), id);
        })
      );
    case "set":
      return (
        set &&
        (async (turn) => {
          const id = spread(turn);
          checkStored(await set(id, products[id] as Product));
        })
      );
    case "getOrSet":
      return (
        getOrSet &&
        (async (turn) => {
          const id = spread(turn);
          check(await getOrSet(id, notAHit), id);
        })
      );
    case "getMany":
      return (
        getMany &&
        (async (turn) => {
          const { ids } = readBatches[turn % readBatches.length] as Batch;
          checkMany(await getMany(ids), ids);
        })
      );
    case "setMany":
      return (
        setMany &&
        (async (turn) => checkStored(await setMany((writtenBatches[turn % writtenBatches.length] as Batch).items)))
      );
  }
}

/** Stores what is read later, and reads back what was stored. */
export async function fill({ set, getOrSet, getMany, setMany }: Contender): Promise<void> {
  for (const [id, product] of products.entries()) {
    if (set !== undefined) checkStored(await set(id, product));
    else check(await getOrSet?.(id, async () => product), id);
  }
  if (setMany === undefined || getMany === undefined) return;
  for (const { ids, items } of writtenBatches) {
    checkStored(await setMany(items));
    checkMany(await getMany(ids), ids);
  }
}

/** Whether a caller that changes the value it got leaves the cached one as it is. */
export async function isIsolated({ get, getOrSet }: Contender): Promise<boolean> {
  const read = async (): Promise<Product | undefined> => (get === undefined ? getOrSet?.(0, notAHit) : get(0));
  const tags = productOf(0).tags.length;
  const first = await read();
  first?.tags.push("changed");
  const second = await read();
  const isIsolated = second?.tags.length === tags;
  if (!isIsolated) second?.tags.pop();
  return isIsolated;
}

interface Batch {
  readonly ids: readonly number[];
  readonly items: readonly (readonly [id: number, product: Product])[];
}

function batchesFrom(first: number): readonly Batch[] {
  return Array.from({ length: productCount / batchSize }, (_, batch) => {
    const ids = Array.from({ length: batchSize }, (_, index) => first + batch * batchSize + index);
    return { ids, items: ids.map((id) => [id, productOf(id)] as const) };
  });
}

/** All ids in turn, neighbours far apart. */
function spread(turn: number): number {
  return (turn * 379) % productCount;
}

function checkMany(found: Iterable<Product | undefined>, ids: readonly number[]): void {
  let index = 0;
  for (const product of found) {
    check(product, ids[index] as number);
    index += 1;
  }
  if (index !== ids.length) throw new Error(`Asked for ${ids.length} products, got ${index}.`);
}

function checkStored(answer: unknown): void {
  if (answer === false) throw new Error("Nothing was stored.");
}

async function notAHit(): Promise<never> {
  throw new Error("The loader was called, but the product is there.");
}
