import type { StoreRule } from "./lifetimes.ts";
import type { LoaderContext, OneLoad } from "./one-load.ts";
import type { Loader } from "./options.ts";
import { ownKey } from "./own-key.ts";

/** A load of one key, with what its caller gave for it: one object, for a function of its own would be made for each hit. */
export class CallerLoad<K, V> implements OneLoad<V> {
  readonly text: string;
  readonly key: K;
  readonly rule: StoreRule<V>;
  readonly #loader: Loader<K, V | undefined>;

  constructor(text: string, key: K, rule: StoreRule<V>, loader: Loader<K, V | undefined>) {
    this.text = text;
    this.key = ownKey(key);
    this.rule = rule;
    this.#loader = loader;
  }

  /** Rejects where the loader throws. */
  async load(context: LoaderContext): Promise<V | undefined> {
    return this.#loader(this.key, context);
  }
}
