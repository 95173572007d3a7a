import { caches, memoizeProduct, product, searchPage, setPrice, thumbnail, userProfile } from "./caches/index.js";
import { report } from "./report.js";
import { findProduct, findProducts, findProfile, renderThumbnail, searchProducts } from "./shop.js";

const userId = "0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a";
const loadedInMs = new Map<string, number>();

// A clean start, so that the story is the same every time. Each cache deletes its own keys and nothing else.
await Promise.all([product.clear(), userProfile.clear(), searchPage.clear(), thumbnail.clear()]);

for (const round of ["First visit", "Second visit"]) {
  console.log(`${round}:`);
  await report(userProfile, { userId, locale: "nl" }, () => findProfile(userId, "nl"), loadedInMs);
  await report(searchPage, { filter: { tag: "kitchen" }, page: 1 }, () => searchProducts("kitchen", 1), loadedInMs);
  await report(searchPage, { filter: { tag: "kitchen" }, page: 9 }, () => searchProducts("kitchen", 9), loadedInMs);
  await report(thumbnail, { productId: 3 }, () => renderThumbnail(3), loadedInMs);
}

console.log("A basket of three, one round trip, one query for what is missing:");
await product.set({ id: 1 }, { id: 1, name: "Kettle", priceCents: 495, tags: ["kitchen", "hot"] });
const basket = await product.getOrSetMany([{ id: 1 }, { id: 2 }, { id: 3 }], async (keys) => {
  console.log(`  loading ${keys.map(({ id }) => id).join(" and ")}`);
  return new Map((await findProducts(keys.map(({ id }) => id))).map((found) => [{ id: found.id }, found]));
});
for (const [key, { name, priceCents }] of basket) console.log(`  ${product.keyOf(key)}: ${name}, ${priceCents / 100}`);

console.log("A function that reads through the cache, and a change of price:");
const loadProduct = memoizeProduct(({ id }) => findProduct(id));
console.log(`  ${(await loadProduct({ id: 4 }))?.name} was loaded, ${(await loadProduct({ id: 4 }))?.name} is cached`);
await setPrice(4, 1995);
console.log(`  forgotten by the change: ${!(await product.has({ id: 4 }))}`);
console.log(`  its price is now ${((await loadProduct({ id: 4 }))?.priceCents ?? 0) / 100}`);

await caches.close();
