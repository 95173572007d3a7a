import type { Backend } from "../backends/backend.ts";
import { CachetoryError } from "../errors.ts";
import type { Serializer } from "../serializers/serializer.ts";
import { Miss } from "./miss.ts";

/** A cache's pipeline: made when first used, and reading what it cannot understand as a miss. */
export class Codec<V> {
  readonly #cacheName: string;
  readonly #source: Serializer<V> | (() => Serializer<V>);
  #serializer: Serializer<V> | undefined;
  #hasWarned = false;

  constructor(cacheName: string, source: Serializer<V> | (() => Serializer<V>)) {
    this.#cacheName = cacheName;
    this.#source = source;
  }

  get serializer(): Serializer<V> {
    this.#serializer ??= typeof this.#source === "function" ? this.#source() : this.#source;
    return this.#serializer;
  }

  /** @throws CachetoryError `INVALID_PIPELINE` where the backend cannot hold what the pipeline makes */
  refuseUnfit(backend: Pick<Backend, "name" | "holds">): void {
    if (backend.holds.includes(this.serializer.out)) return;
    throw new CachetoryError(
      "INVALID_PIPELINE",
      `${this.#cacheName}: the serializer ${this.serializer.name} makes a ${this.serializer.out}, but the backend ` +
        `${backend.name} holds ${backend.holds.join(" or ")} only. Choose another serializer, such as json.`,
    );
  }

  /** @throws CachetoryError `INVALID_VALUE` */
  encode(value: V): unknown {
    if (value === undefined) {
      throw new CachetoryError("INVALID_VALUE", `${this.#cacheName}: undefined cannot be stored; store null instead.`);
    }
    return this.serializer.serialize(value);
  }

  decode(stored: unknown): V | Miss {
    if (stored === undefined) return Miss.absent;
    try {
      return this.serializer.deserialize(stored);
    } catch (cause) {
      this.warn("found an entry that it cannot read, and takes it for a miss", cause);
      return new Miss("unfit", cause);
    }
  }

  /** Once for each cache: a second message would say nothing new. */
  warn(what: string, cause: unknown): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const reason = cause instanceof Error ? cause.message : String(cause);
    process.emitWarning(`The cache ${this.#cacheName} ${what}. ${reason}`, {
      type: "CachetoryWarning",
      code: "CACHETORY_UNFIT",
    });
  }
}
