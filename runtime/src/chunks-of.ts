/** The items in their order, so many together at most. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** The same, of a size together that is at most `maxSize`; what is larger is alone. */
export function sizedChunksOf<T>(
  items: readonly T[],
  { maxCount, maxSize, sizeOf }: { readonly maxCount: number; readonly maxSize: number; sizeOf(item: T): number },
): T[][] {
  const chunks: T[][] = [];
  let chunk: T[] = [];
  let size = 0;
  for (const item of items) {
    const itemSize = sizeOf(item);
    if (chunk.length === 0 || chunk.length === maxCount || size + itemSize > maxSize) {
      chunk = [];
      size = 0;
      chunks.push(chunk);
    }
    chunk.push(item);
    size += itemSize;
  }
  return chunks;
}
