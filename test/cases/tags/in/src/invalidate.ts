import { product, tags, user } from "./caches/index.js";

/** What compiles of tags, and what does not. */
export async function invalidate(userId: string): Promise<void> {
  await product.invalidateTags(tags.product(7), tags.brand("acme"), tags.all());
  await user.invalidateTags(tags.owner("nl", 12n), tags.day(new Date(0)));
  // @ts-expect-error: no text is a tag
  await user.invalidateTags(`user:${userId}`);
  // @ts-expect-error: no cache has such tags
  await user.invalidateTags(tags.users(userId));
  // @ts-expect-error: of another kind
  await product.invalidateTags(tags.product("7"));
  // @ts-expect-error: without its part
  await product.invalidateTags(tags.product());
}
