/** The items in their order, so many together at most. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/**
 * The same, of a size together that is at most `maxSize`; what is larger is alone. Items are asked for when their chunk is, with
 * the one behind it where that would be too much.
 */
export function* sizedChunksOf<T>(
  items: Iterable<T>,
  { maxCount, maxSize, sizeOf }: { readonly maxCount: number; readonly maxSize: number; sizeOf(item: T): number },
): Generator<readonly T[], void> {
  let chunk: T[] = [];
  let size = 0;
  for (const item of items) {
    const itemSize = sizeOf(item);
    if (chunk.length > 0 && size + itemSize > maxSize) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(item);
    size += itemSize;
    if (chunk.length === maxCount) {
      yield chunk;
      chunk = [];
      size = 0;
    }
  }
  if (chunk.length > 0) yield chunk;
}
