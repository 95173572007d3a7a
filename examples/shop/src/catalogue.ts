import type { Product } from "./models.js";

export const products: Product[] = ["Kettle", "Teapot", "Cup", "Saucer", "Spoon"].map((name, index) => ({
  id: index + 1,
  name,
  priceCents: 495 + 750 * index,
  tags: index < 2 ? ["kitchen", "hot"] : ["table"],
}));

/** Changes the price of a product, of which every cache has to know. */
export async function setPrice(productId: number, priceCents: number): Promise<void> {
  const index = products.findIndex(({ id }) => id === productId);
  const product = products[index];
  if (product === undefined) throw new RangeError(`There is no product ${productId}.`);
  products[index] = { ...product, priceCents };
}
