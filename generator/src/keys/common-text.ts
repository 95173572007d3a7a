import { type FieldLanguage, partsOf } from "./field-language.ts";
import { intersect } from "./language.ts";
import { type Step, type Walk, wordsOf } from "./walk.ts";

/** A text of two languages, and the parts that it has in each: one for each parameter. */
export interface CommonText {
  readonly text: string;
  readonly parts: readonly [readonly string[], readonly string[]];
  /** Whether values become it on every side that is `written`. Else nobody has found out. */
  readonly isCertain: boolean;
}

// Of numbers of 16 and 17 digits, every sixth or so is one that is printed: where none of so many is, there is hardly
// any. A language may be refused without reason then, but never let through.
const maxTries = 1000;

/** A shortest text (in bytes) that both languages have; `undefined` where they surely have none. */
export function commonText(a: FieldLanguage, b: FieldLanguage): CommonText | undefined {
  return firstCertain(a, b, bothOf(a, b), (state) => state);
}

/**
 * A shortest text that has parts of other lengths in `a` than in `b`, which are languages of one field; `undefined` where
 * there surely is none.
 */
export function divergentText(a: FieldLanguage, b: FieldLanguage): CommonText | undefined {
  return firstCertain(a, b, divergenceOf(a, b), (state) => Math.floor(state / 2));
}

function firstCertain(
  a: FieldLanguage,
  b: FieldLanguage,
  walk: Walk,
  pairOf: (state: number) => number,
): CommonText | undefined {
  const width = b.characters.length;
  let uncertain: CommonText | undefined;
  let tries = 0;
  for (const { characters, states } of wordsOf(walk)) {
    const pairs = states.map(pairOf);
    const partsOfA = partsOf(
      a,
      characters,
      pairs.map((pair) => Math.floor(pair / width)),
    );
    const partsOfB = partsOf(
      b,
      characters,
      pairs.map((pair) => pair % width),
    );
    const isCertain = partsOfA.isWritten && partsOfB.isWritten;
    const found: CommonText = { text: characters.join(""), parts: [partsOfA.texts, partsOfB.texts], isCertain };
    if (isCertain) return found;
    uncertain ??= found;
    tries += 1;
    if (tries === maxTries) return uncertain;
  }
  return undefined;
}

/** Walks through both languages at once. A state is a pair of their positions. */
function bothOf(a: FieldLanguage, b: FieldLanguage): Walk {
  const width = b.characters.length;
  const ends = { a: new Set(a.last), b: new Set(b.last) };
  const steps = (ofA: readonly number[] = [], ofB: readonly number[] = []): readonly Step[] => {
    const found: Step[] = [];
    for (const positionA of ofA) {
      for (const positionB of ofB) {
        const characters = intersect(a.characters[positionA] ?? [], b.characters[positionB] ?? []);
        if (characters.length > 0) found.push({ state: positionA * width + positionB, characters });
      }
    }
    return found;
  };
  return {
    first: steps(a.first, b.first),
    next: (state) => steps(a.follow[Math.floor(state / width)], b.follow[state % width]),
    isEnd: (state) => ends.a.has(Math.floor(state / width)) && ends.b.has(state % width),
  };
}

/** The same, but it ends only where some character belonged to one segment in `a` and to another one in `b`. */
function divergenceOf(a: FieldLanguage, b: FieldLanguage): Walk {
  const both = bothOf(a, b);
  const width = b.characters.length;
  const isApart = (pair: number): boolean => a.segmentAt[Math.floor(pair / width)] !== b.segmentAt[pair % width];
  const marked = (steps: readonly Step[], wasApart: boolean): readonly Step[] =>
    steps.map(({ state, characters }) => ({ state: state * 2 + (wasApart || isApart(state) ? 1 : 0), characters }));
  return {
    first: marked(both.first, false),
    next: (state) => marked(both.next(Math.floor(state / 2)), state % 2 === 1),
    isEnd: (state) => state % 2 === 1 && both.isEnd(Math.floor(state / 2)),
  };
}
