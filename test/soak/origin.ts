import type { Product } from "../../examples/shop/src/models.ts";

const largeTag = "a line of some words ".repeat(2000);

interface Acknowledged {
  readonly version: number;
  readonly atMs: number;
}

/**
 * Where the values of one cache really live, and what may be answered instead: each change has a number, and once a cache has
 * said that it took the invalidation, nothing older is true any more.
 */
export class Origin {
  readonly #boundMs: number;
  readonly #versions = new Map<number, number>();
  readonly #acknowledged = new Map<number, readonly Acknowledged[]>();

  /** @param boundMs - so long after an acknowledged invalidation an older value may still be answered */
  constructor(boundMs: number) {
    this.#boundMs = boundMs;
  }

  /** One in four is so large that it comes over a connection of its own. */
  valueOf(id: number): Product {
    const tags = id % 4 === 0 ? ["soak", largeTag] : ["soak"];
    return { id, name: `Product ${id}`, priceCents: this.#versionOf(id), tags };
  }

  /** Changes the value; to be invalidated then. */
  change(id: number): number {
    const version = this.#versionOf(id) + 1;
    this.#versions.set(id, version);
    return version;
  }

  acknowledge(id: number, version: number): void {
    const atMs = performance.now();
    const before = this.#acknowledged.get(id) ?? [];
    // Of those whose time is over the newest says all.
    const over = before.filter((one) => one.atMs < atMs - 20_000).slice(-1);
    const recent = before.filter((one) => one.atMs >= atMs - 20_000);
    this.#acknowledged.set(id, [...over, ...recent, { version, atMs }]);
  }

  /** What is wrong with an answer to a call that began then; `undefined` for nothing. */
  misfitOf(id: number, value: Product | undefined, begunMs: number): string | undefined {
    if (value === undefined) return "no value";
    if (value.id !== id || value.name !== `Product ${id}`) return `the value of another key: ${JSON.stringify(value)}`;
    const { priceCents: version } = value;
    if (version > this.#versionOf(id)) return `version ${version}, of which there are ${this.#versionOf(id)}`;
    const untilMs = begunMs - this.#boundMs;
    const due = (this.#acknowledged.get(id) ?? []).filter(({ atMs }) => atMs <= untilMs);
    const oldest = Math.max(0, ...due.map((one) => one.version));
    if (version >= oldest) return undefined;
    const sinceMs = due.find((one) => one.version > version)?.atMs ?? begunMs;
    return `version ${version}, ${Math.round(begunMs - sinceMs)} ms after it was invalidated`;
  }

  #versionOf(id: number): number {
    return this.#versions.get(id) ?? 1;
  }
}
