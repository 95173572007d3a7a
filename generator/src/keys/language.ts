/** Characters as ranges of code points, ascending, both ends included. */
export type CharacterSet = readonly (readonly [from: number, to: number])[];

/**
 * A regular language as an automaton without empty steps: its states are positions, and to enter a position reads one
 * character that stands there (after Glushkov).
 */
export interface Language {
  /** What stands at each position. */
  readonly characters: readonly CharacterSet[];
  /** The positions that may follow each. */
  readonly follow: readonly (readonly number[])[];
  /** Where a text may begin. */
  readonly first: readonly number[];
  /** Where a text may end. */
  readonly last: readonly number[];
  /** Whether the empty text belongs to it. */
  readonly hasEmpty: boolean;
}

/** One character of a set, which may be written as between the brackets of a regular expression: `"0-9a-f"`. */
export function oneOf(set: string | CharacterSet): Language {
  const characters = typeof set === "string" ? readSet(set) : set;
  return { characters: [characters], follow: [[]], first: [0], last: [0], hasEmpty: false };
}

function readSet(written: string): CharacterSet {
  const ranges = written.matchAll(/(.)(?:-(.))?/gsu);
  return [...ranges].map(([, from = "", to = from]) => [codePoint(from), codePoint(to)]);
}

/** One text. */
export function literal(text: string): Language {
  const points = [...text].map(codePoint);
  const end = points.length - 1;
  return {
    characters: points.map((point) => [[point, point]]),
    follow: points.map((_, index) => (index === end ? [] : [index + 1])),
    first: end < 0 ? [] : [0],
    last: end < 0 ? [] : [end],
    hasEmpty: end < 0,
  };
}

/** A text of each, one after the other. */
export function sequence(...parts: readonly Language[]): Language {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const joined = sideBySide(parts);
  const follow = joined.follow.map((positions) => [...positions]);
  const first: number[] = [];
  let last: readonly number[] = [];
  let hasEmpty = true;
  for (const part of joined.parts) {
    if (hasEmpty) first.push(...part.first);
    for (const position of last) follow[position]?.push(...part.first);
    last = part.hasEmpty ? [...last, ...part.last] : part.last;
    hasEmpty &&= part.hasEmpty;
  }
  return { characters: joined.characters, follow, first, last, hasEmpty };
}

/** A text of one of them. */
export function choice(...parts: readonly Language[]): Language {
  const { characters, follow, parts: placed } = sideBySide(parts);
  return {
    characters,
    follow,
    first: placed.flatMap(({ first }) => first),
    last: placed.flatMap(({ last }) => last),
    hasEmpty: placed.some(({ hasEmpty }) => hasEmpty),
  };
}

export function optional(part: Language): Language {
  return { ...part, hasEmpty: true };
}

/** One or more. */
export function repeated(part: Language): Language {
  const ends = new Set(part.last);
  const follow = part.follow.map((positions, index) =>
    ends.has(index) ? [...new Set([...positions, ...part.first])] : positions,
  );
  return { ...part, follow };
}

/** At least `min` and at most `max`. */
export function times(part: Language, min: number, max: number = min): Language {
  let tail = sequence();
  for (let count = max; count > min; count -= 1) tail = optional(sequence(part, tail));
  return sequence(...Array.from({ length: min }, () => part), tail);
}

/** The positions of all, numbered one after the other. */
function sideBySide(parts: readonly Language[]): Pick<Language, "characters" | "follow"> & {
  readonly parts: readonly Pick<Language, "first" | "last" | "hasEmpty">[];
} {
  let offset = 0;
  const placed = parts.map((part) => {
    const start = offset;
    offset += part.characters.length;
    const move = (positions: readonly number[]): readonly number[] => positions.map((position) => position + start);
    return { ...part, follow: part.follow.map(move), first: move(part.first), last: move(part.last) };
  });
  return {
    characters: placed.flatMap(({ characters }) => characters),
    follow: placed.flatMap(({ follow }) => follow),
    parts: placed,
  };
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/** The characters of both sets. */
export function intersect(a: CharacterSet, b: CharacterSet): CharacterSet {
  if (a === b) return a;
  const common: (readonly [number, number])[] = [];
  for (const [fromA, toA] of a) {
    for (const [fromB, toB] of b) {
      if (fromA <= toB && fromB <= toA) common.push([Math.max(fromA, fromB), Math.min(toA, toB)]);
    }
  }
  return common;
}
