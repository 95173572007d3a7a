/**
 * What ends at a moment, the soonest first: a binary heap. What was replaced or deleted meanwhile stays in it until it
 * is due or `prune` is called, so whoever takes one out looks whether it still holds.
 */
export class ExpiryQueue<T extends { readonly atMs: number }> {
  #heap: T[] = [];

  get length(): number {
    return this.#heap.length;
  }

  push(expiry: T): void {
    this.#heap.push(expiry);
    this.#rise(this.#heap.length - 1);
  }

  /** Takes out the soonest if it is due. */
  popDue(nowMs: number): T | undefined {
    const [soonest] = this.#heap;
    if (soonest === undefined || soonest.atMs > nowMs) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return soonest;
  }

  /** Keeps only those that still hold. */
  prune(holds: (expiry: T) => boolean): void {
    this.#heap = this.#heap.filter(holds);
    for (let index = (this.#heap.length >> 1) - 1; index >= 0; index--) this.#sink(index);
  }

  clear(): void {
    this.#heap = [];
  }

  #rise(start: number): void {
    const heap = this.#heap;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#at(parent) <= this.#at(index)) return;
      swap(heap, parent, index);
      index = parent;
    }
  }

  #sink(start: number): void {
    const heap = this.#heap;
    let index = start;
    for (;;) {
      const left = 2 * index + 1;
      const sooner = this.#at(left + 1) < this.#at(left) ? left + 1 : left;
      if (this.#at(index) <= this.#at(sooner)) return;
      swap(heap, index, sooner);
      index = sooner;
    }
  }

  #at(index: number): number {
    return this.#heap[index]?.atMs ?? Number.POSITIVE_INFINITY;
  }
}

function swap<T>(heap: T[], a: number, b: number): void {
  const first = heap[a];
  const second = heap[b];
  if (first === undefined || second === undefined) return;
  heap[a] = second;
  heap[b] = first;
}
