import { setTimeout as sleep } from "node:timers/promises";
import { products } from "./catalogue.js";
import type { Page, Product, UserProfile } from "./models.js";

// Stands for the database and the services behind the shop: right, and slow.

export async function findProduct(id: number): Promise<Product | undefined> {
  await sleep(40);
  return products.find((product) => product.id === id);
}

export async function findProducts(ids: readonly number[]): Promise<readonly Product[]> {
  await sleep(60);
  return products.filter(({ id }) => ids.includes(id));
}

export async function searchProducts(tag: string, page: number): Promise<Page<Product> | null> {
  await sleep(80);
  const found = products.filter(({ tags }) => tags.includes(tag));
  const items = found.slice((page - 1) * 2, page * 2);
  return items.length === 0 ? null : { items, page, total: found.length };
}

export async function findProfile(userId: string, locale: "en" | "nl"): Promise<UserProfile> {
  await sleep(50);
  return { id: userId, displayName: "Robin", greeting: locale === "nl" ? "Welkom terug" : "Welcome back" };
}

export async function renderThumbnail(productId: number): Promise<Uint8Array> {
  await sleep(120);
  return new Uint8Array(64 * 64).fill(productId);
}
