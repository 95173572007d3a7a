import type { HeardChange, Leases } from "../backends/leases.ts";
import { keyOfBeside } from "../backends/redis-beside-keys.ts";
import type { Change, Feed, FeedListener } from "./feed.ts";

/** The leases of a backend of whose changes is heard: who waits for a value is told when its key has changed. */
export class HeardLeases implements Leases, FeedListener {
  readonly #leases: Leases;
  readonly #feed: Feed;
  readonly #heads: readonly string[];
  readonly #waiting = new Map<string, Set<() => void>>();
  #isOpen = false;

  constructor(leases: Leases, feed: Feed, heads: readonly string[]) {
    this.#leases = leases;
    this.#feed = feed;
    this.#heads = heads;
  }

  take(key: string, token: string, leaseMs: number): Promise<boolean> {
    return this.#leases.take(key, token, leaseMs);
  }

  extend(key: string, token: string, leaseMs: number): Promise<boolean> {
    return this.#leases.extend(key, token, leaseMs);
  }

  release(key: string, token: string): Promise<boolean> {
    return this.#leases.release(key, token);
  }

  hear(key: string): HeardChange | undefined {
    this.#feed.listen(this, this.#heads);
    if (!this.#isOpen) return undefined;
    let wake = (): void => {};
    const changed = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const waiting = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, waiting.add(wake));
    const stop = (): void => {
      waiting.delete(wake);
      if (waiting.size === 0 && this.#waiting.get(key) === waiting) this.#waiting.delete(key);
    };
    return { changed, stop };
  }

  opened(): void {
    this.#isOpen = true;
  }

  /** Whoever waits looks for himself from now on. */
  closed(): void {
    this.#isOpen = false;
    this.changed({ kind: "all" });
  }

  changed(change: Change): void {
    for (const key of this.#waiting.size === 0 ? [] : this.#keysOf(change)) {
      for (const wake of this.#waiting.get(key) ?? []) wake();
    }
  }

  #keysOf(change: Change): Iterable<string> {
    switch (change.kind) {
      case "keys":
        // A lease that is let go of, or ends, is one too: then somebody else may load.
        return change.keys.flatMap((key) => [key, keyOfBeside(key) ?? []].flat());
      case "head":
        return [...this.#waiting.keys()].filter((key) => key.startsWith(change.head));
      case "all":
        return this.#waiting.keys();
      default:
        return change satisfies never;
    }
  }
}
