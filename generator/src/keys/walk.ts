import type { CharacterSet } from "./language.ts";

/** A way into a state, by any one of some characters. */
export interface Step {
  readonly state: number;
  readonly characters: CharacterSet;
}

/** An automaton that is made while it is walked. No text of it is empty. */
export interface Walk {
  readonly first: readonly Step[];
  readonly next: (state: number) => readonly Step[];
  readonly isEnd: (state: number) => boolean;
}

/** A text, and the state after each of its characters. */
export interface Word {
  readonly characters: readonly string[];
  readonly states: readonly number[];
}

// Sets that are no larger are digits, which may decide whether a number is one that is printed; of the characters of a
// larger set one is as good as another.
const maxDistinct = 10;

/**
 * The texts of a walk, those of the fewest bytes first, each way through the states once; the first one may come again.
 * There is none exactly where no text leads to an end.
 */
export function* wordsOf(walk: Walk): Generator<Word, void> {
  const shortest = shortestWord(walk);
  if (shortest === undefined) return;
  yield shortest;
  const bytesLeft = bytesToEnd(walk);
  const queue = new ByteQueue<Path>();
  const push = (path: Path | undefined, steps: readonly Step[]): void => {
    for (const { state, characters } of steps) {
      const left = bytesLeft.get(state);
      if (left === undefined) continue;
      for (const character of distinctCharacters(characters)) {
        const bytes = (path?.bytes ?? 0) + byteLength(character);
        queue.push(bytes + left, { state, character, bytes, before: path });
      }
    }
  };
  push(undefined, walk.first);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (walk.isEnd(path.state)) yield wordOf(path);
    push(path, walk.next(path.state));
  }
}

interface Path {
  readonly state: number;
  readonly character: number;
  readonly bytes: number;
  readonly before: Path | undefined;
}

function shortestWord(walk: Walk): Word | undefined {
  const queue = new ByteQueue<Path>();
  const entered = new Set<number>();
  const push = (path: Path | undefined, steps: readonly Step[]): void => {
    for (const { state, characters } of steps) {
      if (entered.has(state)) continue;
      const character = plainestCharacter(characters);
      const bytes = (path?.bytes ?? 0) + byteLength(character);
      queue.push(bytes, { state, character, bytes, before: path });
    }
  };
  push(undefined, walk.first);
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (entered.has(path.state)) continue;
    if (walk.isEnd(path.state)) return wordOf(path);
    entered.add(path.state);
    push(path, walk.next(path.state));
  }
  return undefined;
}

/** For each state that is reached and can reach an end, the fewest bytes from there. */
function bytesToEnd(walk: Walk): ReadonlyMap<number, number> {
  const into = new Map<number, { readonly from: number; readonly bytes: number }[]>();
  const queue = new ByteQueue<number>();
  const waiting = walk.first.map(({ state }) => state);
  const seen = new Set(waiting);
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (walk.isEnd(state)) queue.push(0, state);
    for (const { state: to, characters } of walk.next(state)) {
      const ways = into.get(to) ?? [];
      into.set(to, ways);
      ways.push({ from: state, bytes: byteLength(plainestCharacter(characters)) });
      if (!seen.has(to)) waiting.push(to);
      seen.add(to);
    }
  }
  const left = new Map<number, number>();
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    if (left.has(state)) continue;
    const bytes = queue.lastBytes;
    left.set(state, bytes);
    for (const way of into.get(state) ?? []) queue.push(bytes + way.bytes, way.from);
  }
  return left;
}

function wordOf(end: Path): Word {
  const characters: string[] = [];
  const states: number[] = [];
  for (let path: Path | undefined = end; path !== undefined; path = path.before) {
    characters.push(String.fromCodePoint(path.character));
    states.push(path.state);
  }
  return { characters: characters.reverse(), states: states.reverse() };
}

/** Items by their number of bytes, the fewest first; of equals the last one, which is the farthest of them. */
class ByteQueue<Item> {
  readonly #byBytes: Item[][] = [];
  lastBytes = 0;

  push(bytes: number, item: Item): void {
    this.#byBytes[bytes] ??= [];
    this.#byBytes[bytes].push(item);
    this.lastBytes = Math.min(this.lastBytes, bytes);
  }

  pop(): Item | undefined {
    for (; this.lastBytes < this.#byBytes.length; this.lastBytes += 1) {
      const item = this.#byBytes[this.lastBytes]?.pop();
      if (item !== undefined) return item;
    }
    return undefined;
  }
}

/** One of the fewest bytes, and one that is easy to read where there is a choice. */
function plainestCharacter(characters: CharacterSet): number {
  const easy = ["a", "0", "1"].map((character) => character.charCodeAt(0));
  return easy.find((point) => characters.some(([from, to]) => from <= point && point <= to)) ?? characters[0]?.[0] ?? 0;
}

function distinctCharacters(characters: CharacterSet): readonly number[] {
  const count = characters.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  if (count > maxDistinct) return [plainestCharacter(characters)];
  return characters.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

function byteLength(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}
