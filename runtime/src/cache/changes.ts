import { abortable, refuseAborted } from "../abort.ts";
import type { Backend } from "../backends/backend.ts";
import { BackendUnavailableError } from "../errors.ts";
import type { Change } from "../observe/cache-events.ts";
import type { Entries } from "./entries.ts";
import type { Loads } from "./loads.ts";
import type { WaitOptions } from "./options.ts";
import type { LifeMs } from "./ttl.ts";
import type { KeysOfCall } from "./turns.ts";

/** How entries are changed: in turn with other calls on their keys, while no load of them stores. */
export class Changes<V> {
  readonly #entries: Entries<V>;
  readonly #loads: Loads<V>;
  /** Whether invalidations that fail are done later. */
  readonly #recovers: boolean;

  constructor(entries: Entries<V>, loads: Loads<V>, recovers: boolean) {
    this.#entries = entries;
    this.#loads = loads;
    this.#recovers = recovers;
  }

  /** @param made - what `write` needs, where it is not at hand when its turn has come */
  run<T, M = undefined>(
    operation: Change,
    texts: readonly string[],
    options: WaitOptions,
    write: (backend: Backend, made: M) => Promise<T>,
    made?: M | Promise<M>,
  ): Promise<T> {
    refuseAborted(options.signal);
    const { backend } = this.#entries;
    // Who reads before it is sent waits for it, and finds nothing near that is older.
    if (this.#entries.order.isNeeded) backend.near?.forget(texts);
    const send = (sent: M): Promise<T> => {
      // What had to wait may have been given up meanwhile.
      refuseAborted(options.signal);
      return write(backend, sent);
    };
    // Who gives nothing takes nothing: then M is undefined.
    const change = (): Promise<T> => this.#entries.order.inTurn(texts, made as M | Promise<M>, send);
    return abortable(this.#loads.change(operation, texts, change), options.signal);
  }

  /**
   * The same for what is sent in several steps: other calls on its keys wait until it is over. Who calls it has refused what is
   * aborted.
   *
   * @param keys - the same as `texts`
   */
  runThroughout(
    operation: Change,
    texts: readonly string[],
    keys: KeysOfCall,
    options: WaitOptions,
    write: (backend: Backend) => Promise<void>,
  ): Promise<void> {
    const { backend } = this.#entries;
    // As above.
    backend.near?.forget(texts);
    const change = (): Promise<void> => this.#entries.order.throughout(texts, keys, () => write(backend));
    return abortable(this.#loads.change(operation, texts, change), options.signal);
  }

  expireIn(operation: Change, text: string, key: unknown, lifeMs: LifeMs, options: WaitOptions): Promise<boolean> {
    const ttlMs = lifeMs === "forever" ? undefined : lifeMs;
    return this.run(operation, [text], options, (backend) =>
      ttlMs === undefined || ttlMs > 0
        ? this.#entries.renew(text, key, () => backend.expireIn(text, ttlMs))
        : backend.delete(text),
    );
  }

  /** What the backend gave no answer for that it takes to make it leaves an old value behind: that goes, at once or later. */
  orInvalid<M>(texts: readonly string[], made: M | Promise<M>): M | Promise<M> {
    if (!this.#recovers || !(made instanceof Promise)) return made;
    const replaced = made.catch(async (cause: unknown) => {
      if (cause instanceof BackendUnavailableError) await this.#entries.backend.deleteMany(texts);
      throw cause;
    });
    // Whoever waits for it may be refused before.
    replaced.catch(() => {});
    return replaced;
  }
}
