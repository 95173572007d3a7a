import { Buffer } from "node:buffer";
import { isDate, isMap, isSet, isUint8Array } from "node:util/types";
import { CachetoryError } from "../../errors.ts";
import { isWellFormed } from "../utf8.ts";
import { describeValue, formatValuePath, isPlainObject, nameBesideItems, symbolOf } from "../value-path.ts";
import { ByteWriter } from "./byte-writer.ts";
import { opcodes } from "./opcodes.ts";
import { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "./python-types.ts";
import { maxDepth } from "./read-pickle.ts";

/** Writes one value in one protocol. It keeps no memo: what is there twice is written twice. */
export class PickleWriter {
  readonly #protocol: number;
  readonly #writer = new ByteWriter();
  readonly #path: (string | number)[] = [];
  /** How many keys and set members are open: what can be one must be hashable, so lists are tuples there. */
  #hashed = 0;

  constructor(protocol: number) {
    this.#protocol = protocol;
  }

  /** @throws CachetoryError `INVALID_VALUE`, with the path */
  write(value: unknown): Uint8Array {
    if (this.#protocol >= 2) this.#writer.byte(opcodes.protocol, this.#protocol);
    this.#value(value);
    this.#writer.byte(opcodes.stop);
    return this.#writer.finish();
  }

  #value(value: unknown): void {
    switch (typeof value) {
      case "string":
        this.#text(value);
        break;
      case "number":
        if (Number.isSafeInteger(value) && !Object.is(value, -0)) this.#int(value);
        else this.#float(value);
        break;
      case "bigint":
        this.#long(value);
        break;
      case "boolean":
        this.#boolean(value);
        break;
      case "object":
        if (value === null) this.#writer.byte(opcodes.none);
        else this.#object(value);
        break;
      default:
        throw this.#refused(describeValue(value));
    }
  }

  #object(value: object): void {
    if (this.#path.length >= maxDepth) {
      throw this.#refused(`more than ${maxDepth} levels, or an object that holds itself`, this.#path.slice(0, 3));
    }
    if (Array.isArray(value)) this.#array(value);
    else if (isUint8Array(value)) this.#bytes(value);
    else if (isDate(value)) this.#date(value);
    else if (isSet(value)) this.#set(value);
    else if (isMap(value)) this.#map(value);
    else if (value instanceof PythonDate) this.#call("datetime", "date", () => this.#bytes(stateOf(value)));
    else if (value instanceof PythonDecimal) this.#call("decimal", "Decimal", () => this.#text(value.text));
    else if (value instanceof PythonUuid) this.#call("uuid", "UUID", () => this.#text(value.text));
    else if (value instanceof PythonTimedelta) this.#timedelta(value.days, value.seconds, value.microseconds);
    else if (isPlainObject(value)) this.#record(value);
    else throw this.#refused(describeValue(value));
  }

  #boolean(value: boolean): void {
    if (this.#protocol >= 2) this.#writer.byte(value ? opcodes.true : opcodes.false);
    else this.#writer.latin1(value ? "I01\n" : "I00\n");
  }

  #array(items: readonly unknown[]): void {
    this.#writer.byte(opcodes.mark);
    // Not `forEach`, which leaves holes out.
    for (const [index, item] of items.entries()) this.#at(index, item);
    const name = nameBesideItems(items);
    if (name !== undefined) throw this.#refused("a property of an array", [...this.#path, name]);
    this.#writer.byte(this.#hashed > 0 ? opcodes.tuple : opcodes.list);
  }

  #record(value: Readonly<Record<string, unknown>>): void {
    const symbol = symbolOf(value);
    if (symbol !== undefined) throw this.#refused(`the property ${String(symbol)}`);
    this.#dict(Object.entries(value).filter(([, item]) => item !== undefined));
  }

  #map(map: ReadonlyMap<unknown, unknown>): void {
    this.#refuseEqual("keys", [...map.keys()]);
    this.#dict([...map]);
  }

  /** Of numbers, bigints and booleans that Python takes for the same it would keep the first. */
  #refuseEqual(what: "keys" | "members", members: readonly unknown[]): void {
    const seen = new Set<unknown>();
    for (const [index, member] of members.entries()) {
      const number = numberOf(member);
      if (seen.has(number)) throw this.#refused(`two ${what} that are equal in Python`, [...this.#path, index]);
      seen.add(number);
    }
  }

  #dict(entries: readonly (readonly [unknown, unknown])[]): void {
    if (this.#hashed > 0) throw this.#refused("a dict in a key or a set");
    this.#writer.byte(opcodes.mark);
    for (const [index, [key, item]] of entries.entries()) {
      const step = typeof key === "string" ? key : index;
      this.#hashed += 1;
      this.#at(step, key);
      this.#hashed -= 1;
      this.#at(step, item);
    }
    this.#writer.byte(opcodes.dict);
  }

  #set(members: ReadonlySet<unknown>): void {
    this.#refuseEqual("members", [...members]);
    const name = this.#hashed > 0 ? "frozenset" : "set";
    this.#call(this.#protocol < 3 ? "__builtin__" : "builtins", name, () => {
      this.#writer.byte(opcodes.mark);
      this.#hashed += 1;
      for (const [index, member] of [...members].entries()) this.#at(index, member);
      this.#hashed -= 1;
      this.#writer.byte(opcodes.list);
    });
  }

  #at(step: string | number, value: unknown): void {
    this.#path.push(step);
    this.#value(value);
    this.#path.pop();
  }

  #int(value: number): void {
    if (value !== (value | 0)) this.#long(BigInt(value));
    else if (this.#protocol === 0) this.#writer.latin1(`I${value}\n`);
    else if (value < 0 || value > 0xffff) {
      this.#writer.byte(opcodes.int4);
      this.#writer.int4(value);
    } else {
      const length = value > 0xff ? 2 : 1;
      this.#writer.byte(length === 1 ? opcodes.int1 : opcodes.int2);
      this.#writer.uint(value, length);
    }
  }

  #long(value: bigint): void {
    const bytes = twosComplement(value);
    if (this.#protocol >= 2) this.#sized(bytes, opcodes.long1, opcodes.long4);
    // 1785 bytes hold less than 4300 digits; Python reads no longer number as text.
    else if (bytes.length > 1_785) throw this.#refused("a bigint of more than 4298 digits in protocols 0 and 1");
    else this.#writer.latin1(`L${value}L\n`);
  }

  #float(value: number): void {
    if (this.#protocol === 0) this.#writer.latin1(`F${floatText(value)}\n`);
    else {
      this.#writer.byte(opcodes.float8);
      this.#writer.float8(value);
    }
  }

  #text(text: string): void {
    if (!isWellFormed(text)) throw this.#refused("a string with a lone surrogate");
    if (this.#protocol === 0) this.#writer.latin1(`V${rawUnicodeEscape(text)}\n`);
    else this.#sized(Buffer.from(text, "utf8"), this.#protocol >= 4 ? opcodes.text1 : undefined, opcodes.text4);
  }

  #bytes(bytes: Uint8Array): void {
    if (this.#protocol >= 3) this.#sized(bytes, opcodes.bytes1, opcodes.bytes4);
    else {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
      this.#call("_codecs", "encode", () => {
        this.#text(text);
        this.#text("latin1");
      });
    }
  }

  /** Bytes behind their length: of one byte where that is enough and there is an opcode, else of four. */
  #sized(bytes: Uint8Array, short: number | undefined, long: number): void {
    const isShort = short !== undefined && bytes.length < 256;
    this.#writer.byte(isShort ? short : long);
    this.#writer.uint(bytes.length, isShort ? 1 : 4);
    this.#writer.bytes(bytes);
  }

  /** As a datetime in UTC. */
  #date(date: Date): void {
    const year = date.getUTCFullYear();
    if (!(year >= 1 && year <= 9999)) throw this.#refused("a Date that is invalid or not of the years 1 to 9999");
    const microseconds = date.getUTCMilliseconds() * 1_000;
    const state = Uint8Array.of(
      ...[year >> 8, year & 0xff, date.getUTCMonth() + 1, date.getUTCDate()],
      ...[date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()],
      ...[microseconds >> 16, (microseconds >> 8) & 0xff, microseconds & 0xff],
    );
    this.#call("datetime", "datetime", () => {
      this.#bytes(state);
      this.#call("datetime", "timezone", () => this.#timedelta(0, 0, 0));
    });
  }

  #timedelta(...parts: readonly number[]): void {
    this.#call("datetime", "timedelta", () => {
      for (const part of parts) this.#int(part);
    });
  }

  /** A call of what Python has under a name. */
  #call(module: string, name: string, writeArguments: () => void): void {
    if (this.#protocol >= 4) {
      this.#text(module);
      this.#text(name);
      this.#writer.byte(opcodes.stackGlobal);
    } else this.#writer.latin1(`c${module}\n${name}\n`);
    this.#writer.byte(opcodes.mark);
    writeArguments();
    this.#writer.byte(opcodes.tuple, opcodes.reduce);
  }

  #refused(what: string, path: readonly (string | number)[] = this.#path): CachetoryError {
    return new CachetoryError("INVALID_VALUE", `pickle cannot carry ${what}, at ${formatValuePath(path)}.`);
  }
}

/** The number that is equal to a boolean or a bigint; anything else as it is. */
function numberOf(value: unknown): unknown {
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isFinite(number) && BigInt(number) === value ? number : value;
}

function stateOf({ year, month, day }: PythonDate): Uint8Array {
  return Uint8Array.of(year >> 8, year & 0xff, month, day);
}

/** Little-endian, as short as its sign allows; nothing for zero. */
function twosComplement(value: bigint): Uint8Array {
  if (value === 0n) return new Uint8Array(0);
  const bits = (value < 0n ? -value - 1n : value).toString(16).length * 4 + 1;
  const length = Math.ceil(bits / 8);
  const hex = BigInt.asUintN(8 * length, value)
    .toString(16)
    .padStart(2 * length, "0");
  return Buffer.from(hex, "hex").reverse();
}

function floatText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return Number.isFinite(value) ? String(value) : String(value).replace("Infinity", "inf").toLowerCase();
}

/** As Python writes text of protocol 0: Latin-1, with escapes for the rest, the backslash and controls. */
function rawUnicodeEscape(text: string): string {
  return text.replace(/[^ -[\]-\u00ff]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
