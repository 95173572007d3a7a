// Not the global one, which tests replace together with the clock.
import { setImmediate } from "node:timers";
import { asBuffer } from "./fast-buffer.ts";
import { JsonInPieces } from "./json-in-pieces.ts";

/** So much is done in a turn, give or take a piece: as long others wait. */
const turnMs = 0.1;
/** Or so much of the time since it began: in a busy loop, whose turns are long, few of them have to be enough. */
const turnShare = 0.05;

/** What is being parsed, all in the same turns: those who wait for others would wait for each of them. The first one ends first. */
const underWay: Parsing[] = [];

/**
 * The value of JSON in UTF-8, as `JSON.parse` makes it, made in pieces, between which the event loop turns: to parse a megabyte
 * takes 1 to 5 ms, and whatever arrives meanwhile would wait as long. The bytes must stay as they are until then.
 *
 * @throws SyntaxError as `JSON.parse`, as a rejection
 */
export function parseInTurns(bytes: Uint8Array): Promise<unknown> {
  return new Promise((resolve, reject) => {
    underWay.push(new Parsing(bytes, resolve, reject));
    if (underWay.length === 1) setImmediate(parse);
  });
}

function parse(): void {
  const startMs = performance.now();
  for (let first = underWay[0]; first !== undefined; first = underWay[0]) {
    if (first.advance()) underWay.shift();
    if (performance.now() - startMs >= Math.max(turnMs, turnShare * (startMs - first.beganAtMs))) break;
  }
  if (underWay.length > 0) setImmediate(parse);
}

class Parsing {
  readonly beganAtMs: number = performance.now();
  readonly #bytes: Uint8Array;
  readonly #pieces: JsonInPieces;
  readonly #resolve: (value: unknown) => void;
  readonly #reject: (cause: unknown) => void;

  constructor(bytes: Uint8Array, resolve: (value: unknown) => void, reject: (cause: unknown) => void) {
    this.#bytes = bytes;
    this.#pieces = new JsonInPieces(bytes);
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Parses one piece; whether it was the last one. */
  advance(): boolean {
    try {
      if (!this.#pieces.advance()) return false;
      this.#resolve(this.#pieces.value);
    } catch {
      this.#parseWhole();
    }
    return true;
  }

  /** It is no JSON, or none that is worth pieces. */
  #parseWhole(): void {
    try {
      this.#resolve(JSON.parse(asBuffer(this.#bytes).toString()));
    } catch (cause) {
      this.#reject(cause);
    }
  }
}
