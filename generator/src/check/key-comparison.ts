import { type CommonText, commonText } from "../keys/common-text.ts";
import { type FieldLanguage, fieldLanguage, type Side } from "../keys/field-language.ts";
import { haveLikeEnds, joinFields, type KeyField } from "../keys/key-text.ts";
import { showValues } from "../keys/show-values.ts";
import type { CacheKeys } from "./cache-keys.ts";

/** A key that is of two caches, or that one has and the other's `clear` deletes. */
export type Encounter =
  | { readonly kind: "meet"; readonly key: string; readonly values: readonly [string, string] }
  | { readonly kind: "meet-hashed"; readonly key: string }
  | {
      readonly kind: "clear";
      readonly key: string;
      readonly clearing: CacheKeys;
      readonly owner: CacheKeys;
      readonly values: string;
    }
  | { readonly kind: "clear-hashed"; readonly key: string; readonly clearing: CacheKeys; readonly owner: CacheKeys };

/** Compares keys field by field. Keeps what it found out of each pair of fields: most caches share a few. */
export class KeyComparison {
  readonly #languages = new Map<string, FieldLanguage>();
  readonly #common = new Map<string, CommonText | undefined>();

  /** Whether fields may be alike in keys that are not looked at any closer; `false` is certain. */
  canTouch(a: KeyField, b: KeyField): boolean {
    return this.#commonText(a, "cleared", b, "cleared") !== undefined;
  }

  /** For keys whose separators are the same. */
  encounter(a: CacheKeys, b: CacheKeys): Encounter | undefined {
    return this.#meeting(a, b) ?? this.#clearing(a, b) ?? this.#clearing(b, a);
  }

  #meeting(a: CacheKeys, b: CacheKeys): Encounter | undefined {
    const found = this.#commonKey(a, "written", b, "written", Math.min(a.maxBytes, b.maxBytes));
    if (found === undefined || !found.isCertain) return undefined;
    return {
      kind: "meet",
      key: found.key,
      values: [showValues(a.cache.key, found.parts[0]), showValues(b.cache.key, found.parts[1])],
    };
  }

  #clearing(clearing: CacheKeys, owner: CacheKeys): Encounter | undefined {
    const found = this.#commonKey(clearing, "cleared", owner, "written", owner.maxBytes);
    if (found === undefined) return undefined;
    return { kind: "clear", key: found.key, clearing, owner, values: showValues(owner.cache.key, found.parts[1]) };
  }

  #commonKey(
    a: CacheKeys,
    sideA: Side,
    b: CacheKeys,
    sideB: Side,
    maxBytes: number,
  ): { readonly key: string; readonly parts: CommonText["parts"]; readonly isCertain: boolean } | undefined {
    const fields: CommonText[] = [];
    for (const [index, field] of a.text.fields.entries()) {
      const other = b.text.fields[index];
      const found = other && this.#commonText(field, sideA, other, sideB);
      if (found === undefined) return undefined;
      fields.push(found);
    }
    const key = joinFields(
      a.text,
      fields.map(({ text }) => text),
    );
    // Each field is a shortest one, so no other key is shorter.
    if (Buffer.byteLength(key) > maxBytes) return undefined;
    return {
      key,
      parts: [fields.flatMap(({ parts }) => parts[0]), fields.flatMap(({ parts }) => parts[1])],
      isCertain: fields.every(({ isCertain }) => isCertain),
    };
  }

  #commonText(a: KeyField, sideA: Side, b: KeyField, sideB: Side): CommonText | undefined {
    if (a.text !== undefined && b.text !== undefined) {
      return a.text === b.text ? { text: a.text, parts: [[], []], isCertain: true } : undefined;
    }
    if (!haveLikeEnds(a, b)) return undefined;
    const pair = `${sideA} ${a.shape}\n${sideB} ${b.shape}`;
    if (!this.#common.has(pair)) {
      this.#common.set(pair, commonText(this.#language(a, sideA), this.#language(b, sideB)));
    }
    return this.#common.get(pair);
  }

  #language(field: KeyField, side: Side): FieldLanguage {
    const name = `${side} ${field.shape}`;
    const known = this.#languages.get(name);
    if (known !== undefined) return known;
    const language = fieldLanguage(field, side);
    this.#languages.set(name, language);
    return language;
  }
}
