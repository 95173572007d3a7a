import type { KeyField } from "../keys/key-text.ts";
import type { CacheKeys } from "./cache-keys.ts";
import type { Encounter, KeyComparison } from "./key-comparison.ts";

/** One cache of those that were added, and how another one encounters it. */
export interface Found {
  readonly other: CacheKeys;
  readonly encounter: Encounter;
}

/**
 * The caches of one backend as a tree of the fields of their keys. A literal field has one equal at most, so a thousand
 * caches are not compared in pairs, also where they all begin with a parameter.
 */
export class KeyIndex {
  readonly #comparison: KeyComparison;
  readonly #roots = new Map<string, Branch>();
  /** By what hashed keys begin and end with, then by their pattern: the first cache of each. */
  readonly #hashed = new Map<string, Map<string, CacheKeys>>();

  constructor(comparison: KeyComparison) {
    this.#comparison = comparison;
  }

  /** Caches are added in their order: of those whose keys are the same, the first stands for all. */
  add(keys: CacheKeys): void {
    const { separators, fields } = keys.text;
    let branch = this.#roots.get(separators) ?? newBranch();
    this.#roots.set(separators, branch);
    for (const field of fields) branch = step(branch, field);
    branch.keys ??= keys;
    const alike = this.#hashed.get(hashedForm(keys)) ?? new Map<string, CacheKeys>();
    this.#hashed.set(hashedForm(keys), alike);
    if (!alike.has(keys.hashed.shape)) alike.set(keys.hashed.shape, keys);
  }

  /** The caches with which these keys have something in common. */
  *encounters(keys: CacheKeys): Generator<Found, void> {
    const root = this.#roots.get(keys.text.separators);
    const near = root === undefined ? [] : this.#touching(root, keys.text.fields, 0);
    for (const other of near) {
      const encounter = this.#comparison.encounter(keys, other);
      if (encounter !== undefined) yield { other, encounter };
    }
    for (const other of this.#hashed.get(hashedForm(keys))?.values() ?? []) {
      const encounter = encounterHashed(keys, other);
      if (encounter !== undefined) yield { other, encounter };
    }
  }

  *#touching(branch: Branch, fields: readonly KeyField[], depth: number): Generator<CacheKeys, void> {
    const field = fields[depth];
    if (field === undefined) {
      if (branch.keys !== undefined) yield branch.keys;
      return;
    }
    const equal = field.text === undefined ? undefined : branch.literal.get(field.text)?.branch;
    if (equal !== undefined) yield* this.#touching(equal, fields, depth + 1);
    const others =
      field.text === undefined ? [...branch.literal.values(), ...branch.open.values()] : branch.open.values();
    for (const other of others) {
      if (this.#comparison.canTouch(field, other.field)) yield* this.#touching(other.branch, fields, depth + 1);
    }
  }
}

interface Branch {
  /** Fields without parameters, by their text. */
  readonly literal: Map<string, Child>;
  /** Fields with parameters, by their shape. */
  readonly open: Map<string, Child>;
  /** The first cache whose keys end here. */
  keys: CacheKeys | undefined;
}

interface Child {
  readonly field: KeyField;
  readonly branch: Branch;
}

function newBranch(): Branch {
  return { literal: new Map(), open: new Map(), keys: undefined };
}

function step({ literal, open }: Branch, field: KeyField): Branch {
  const [children, name] = field.text === undefined ? [open, field.shape] : [literal, field.text];
  const child = children.get(name) ?? { field, branch: newBranch() };
  children.set(name, child);
  return child.branch;
}

function hashedForm({ hashed: { head, tail } }: CacheKeys): string {
  return `${head}…${tail}`;
}

/** Equal heads are those of equal patterns, but for an accident of 32 bits; then `clear` alone takes one for the other. */
function encounterHashed(a: CacheKeys, b: CacheKeys): Encounter | undefined {
  const key = hashedForm(a);
  if (a.hashed.shape === b.hashed.shape) return a.hashed.areUsed ? { kind: "meet-hashed", key } : undefined;
  if (a.hashed.areUsed) return { kind: "clear-hashed", key, clearing: b, owner: a };
  return b.hashed.areUsed ? { kind: "clear-hashed", key, clearing: a, owner: b } : undefined;
}
