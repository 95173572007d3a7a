import { isWellFormed } from "../utf8.ts";
import { ByteReader } from "./byte-reader.ts";
import { buildObject, callGlobal, findGlobal, newObject } from "./constructors.ts";
import { opcodes } from "./opcodes.ts";
import type { WorkBudget } from "./work-budget.ts";

/**
 * Runs a pickle: a program for a stack, which here can make nothing but plain data. Lists and tuples are arrays, dicts are
 * maps; they may still hold one another in circles.
 */
export class PickleMachine {
  readonly #reader: ByteReader;
  readonly #budget: WorkBudget;
  readonly #memo = new Map<number, unknown>();
  #stack: unknown[] = [];
  /** The stacks below the marks. */
  readonly #below: unknown[][] = [];

  constructor(bytes: Uint8Array, budget: WorkBudget) {
    this.#reader = new ByteReader(bytes);
    this.#budget = budget;
  }

  /** @throws RangeError, CachetoryError where it does anything that plain data does not need */
  run(): unknown {
    for (;;) {
      const opcode = this.#reader.uint(1);
      if (opcode === opcodes.stop) break;
      this.#step(opcode);
    }
    const value = this.#pop();
    if (this.#stack.length > 0 || this.#below.length > 0) throw new RangeError("it leaves values behind");
    if (!this.#reader.isAtEnd) throw new RangeError("there are bytes behind it");
    return value;
  }

  #step(opcode: number): void {
    const reader = this.#reader;
    switch (opcode) {
      case opcodes.protocol:
        if (reader.uint(1) > 5) throw new RangeError("its protocol is newer than 5");
        break;
      case opcodes.frame:
        reader.uint(8);
        break;
      case opcodes.none:
        this.#push(null);
        break;
      case opcodes.true:
        this.#push(true);
        break;
      case opcodes.false:
        this.#push(false);
        break;
      case opcodes.int1:
        this.#push(reader.uint(1));
        break;
      case opcodes.int2:
        this.#push(reader.uint(2));
        break;
      case opcodes.int4:
        this.#push(reader.int4());
        break;
      case opcodes.intLine:
        this.#push(intOfLine(reader.line()));
        break;
      case opcodes.longLine:
        this.#push(longOfLine(reader.line().replace(/L$/, "")));
        break;
      case opcodes.long1:
        this.#push(narrow(reader.long(reader.uint(1))));
        break;
      case opcodes.long4:
        this.#push(narrow(reader.long(reader.uint(4))));
        break;
      case opcodes.float8:
        this.#push(reader.float8());
        break;
      case opcodes.floatLine:
        this.#push(floatOfLine(reader.line()));
        break;
      case opcodes.text1:
        this.#push(reader.text(reader.uint(1)));
        break;
      case opcodes.text4:
        this.#push(reader.text(reader.uint(4)));
        break;
      case opcodes.text8:
        this.#push(reader.text(reader.uint(8)));
        break;
      case opcodes.textLine:
        this.#push(textOfLine(reader.line()));
        break;
      case opcodes.bytes1:
        this.#push(reader.bytes(reader.uint(1)));
        break;
      case opcodes.bytes4:
        this.#push(reader.bytes(reader.uint(4)));
        break;
      case opcodes.bytes8:
      case opcodes.byteArray8:
        this.#push(reader.bytes(reader.uint(8)));
        break;
      default:
        this.#arrange(opcode);
    }
  }

  /** What makes values of values. */
  #arrange(opcode: number): void {
    switch (opcode) {
      case opcodes.mark:
        this.#below.push(this.#stack);
        this.#stack = [];
        break;
      case opcodes.pop:
        if (this.#stack.length > 0) this.#pop();
        else this.#popMark();
        break;
      case opcodes.popMark:
        this.#popMark();
        break;
      case opcodes.duplicate:
        this.#push(this.#top());
        break;
      case opcodes.emptyList:
      case opcodes.emptyTuple:
        this.#push([]);
        break;
      case opcodes.list:
      case opcodes.tuple:
        this.#push(this.#popMark());
        break;
      case opcodes.tuple1:
      case opcodes.tuple2:
      case opcodes.tuple3:
        this.#push(this.#popSome(opcode - opcodes.tuple1 + 1));
        break;
      case opcodes.append:
        this.#extend(this.#popSome(1));
        break;
      case opcodes.appends:
        this.#extend(this.#popMark());
        break;
      case opcodes.emptyDict:
        this.#push(new Map());
        break;
      case opcodes.dict: {
        const items = this.#popMark();
        this.#push(new Map());
        this.#fill(items);
        break;
      }
      case opcodes.setItem:
        this.#fill(this.#popSome(2));
        break;
      case opcodes.setItems:
        this.#fill(this.#popMark());
        break;
      case opcodes.emptySet:
        this.#push(new Set());
        break;
      case opcodes.addItems:
        this.#add(this.#popMark());
        break;
      case opcodes.frozenSet:
        this.#push(new Set(this.#popMark()));
        break;
      default:
        this.#recall(opcode);
    }
  }

  /** The memo, globals and calls. */
  #recall(opcode: number): void {
    const reader = this.#reader;
    switch (opcode) {
      case opcodes.getLine:
        this.#get(indexOfLine(reader.line()));
        break;
      case opcodes.get1:
        this.#get(reader.uint(1));
        break;
      case opcodes.get4:
        this.#get(reader.uint(4));
        break;
      case opcodes.putLine:
        this.#put(indexOfLine(reader.line()));
        break;
      case opcodes.put1:
        this.#put(reader.uint(1));
        break;
      case opcodes.put4:
        this.#put(reader.uint(4));
        break;
      case opcodes.memoize:
        this.#put(this.#memo.size);
        break;
      case opcodes.global:
        this.#push(findGlobal(reader.line(), reader.line()));
        break;
      case opcodes.stackGlobal: {
        const [module, name] = this.#popSome(2);
        if (typeof module !== "string" || typeof name !== "string") throw new RangeError("it asks for no name");
        this.#push(findGlobal(module, name));
        break;
      }
      case opcodes.reduce: {
        const [callee, args] = this.#popSome(2);
        if (!Array.isArray(args)) throw new RangeError("it calls without arguments");
        this.#push(callGlobal(callee, args, this.#budget));
        break;
      }
      case opcodes.newObject: {
        const [cls] = this.#popSome(2);
        this.#push(newObject(cls));
        break;
      }
      case opcodes.build: {
        const state = this.#pop();
        buildObject(this.#top(), state);
        break;
      }
      default:
        throw new RangeError(`it has the opcode 0x${opcode.toString(16)}, which plain data does not need`);
    }
  }

  #push(value: unknown): void {
    this.#stack.push(value);
  }

  #pop(): unknown {
    if (this.#stack.length === 0) throw new RangeError("it takes a value where there is none");
    return this.#stack.pop();
  }

  #top(): unknown {
    if (this.#stack.length === 0) throw new RangeError("it takes a value where there is none");
    return this.#stack.at(-1);
  }

  #popSome(count: number): readonly unknown[] {
    if (this.#stack.length < count) throw new RangeError("it takes a value where there is none");
    return this.#stack.splice(-count);
  }

  #popMark(): unknown[] {
    const below = this.#below.pop();
    if (below === undefined) throw new RangeError("it goes back to a mark that is not there");
    const items = this.#stack;
    this.#stack = below;
    return items;
  }

  #extend(items: readonly unknown[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw new RangeError("it appends to no list");
    for (const item of items) list.push(item);
  }

  #fill(items: readonly unknown[]): void {
    const dict = this.#top();
    if (!(dict instanceof Map) || items.length % 2 !== 0) throw new RangeError("it sets items of no dict");
    for (let index = 0; index < items.length; index += 2) dict.set(items[index], items[index + 1]);
  }

  #add(items: readonly unknown[]): void {
    const set = this.#top();
    if (!(set instanceof Set)) throw new RangeError("it adds to no set");
    for (const item of items) set.add(item);
  }

  #get(index: number): void {
    if (!this.#memo.has(index)) throw new RangeError("it recalls what was never kept");
    this.#push(this.#memo.get(index));
  }

  #put(index: number): void {
    this.#memo.set(index, this.#top());
  }
}

/** As a number where that is exact. */
function narrow(long: bigint): number | bigint {
  const isSafe = long >= Number.MIN_SAFE_INTEGER && long <= Number.MAX_SAFE_INTEGER;
  return isSafe ? Number(long) : long;
}

function intOfLine(line: string): number | bigint | boolean {
  if (line === "00") return false;
  return line === "01" ? true : longOfLine(line);
}

// Python reads no more than 4300 digits either: the time to read them grows with their square.
function longOfLine(line: string): number | bigint {
  if (!/^-?\d{1,4300}$/.test(line)) throw new RangeError("it has an int that is none, or too long");
  return narrow(BigInt(line));
}

function floatOfLine(line: string): number {
  const special = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY }[line];
  if (special !== undefined) return special;
  if (!/^-?\d[\d.]*(?:e[+-]?\d+)?$/.test(line) || Number.isNaN(Number(line))) throw new RangeError("it has no float");
  return Number(line);
}

function indexOfLine(line: string): number {
  if (!/^\d{1,15}$/.test(line)) throw new RangeError("it has an index that is none");
  return Number(line);
}

/** Python's `raw-unicode-escape`, which has no escape for the backslash but `\u005c`. */
function textOfLine(line: string): string {
  const text = line.replace(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g, (_, short: string | undefined, long = "") =>
    String.fromCodePoint(Number.parseInt(short ?? long, 16)),
  );
  if (!isWellFormed(text)) throw new RangeError("its text has a lone surrogate");
  return text;
}
