import { Buffer } from "node:buffer";
import { isUint8Array } from "node:util/types";
import { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "./python-types.ts";
import type { WorkBudget } from "./work-budget.ts";

/** Something that a pickle may call, or hand to what it calls. Never a value by itself. */
export class PythonGlobal {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A `datetime.timezone`, which is a part of a datetime and nothing else. */
export class PythonTimezone {
  readonly offsetMs: number;

  constructor(offsetMs: number) {
    this.offsetMs = offsetMs;
  }
}

/** A UUID that is made in two steps: first without its number. */
export class UnbuiltUuid {
  built: PythonUuid | undefined = undefined;
}

const known: ReadonlySet<string> = new Set([
  "_codecs.encode",
  "builtins.bytearray",
  "builtins.bytes",
  "builtins.frozenset",
  "builtins.object",
  "builtins.set",
  "copyreg._reconstructor",
  "datetime.date",
  "datetime.datetime",
  "datetime.timedelta",
  "datetime.timezone",
  "decimal.Decimal",
  "uuid.UUID",
]);

// Protocols 0 to 2 write the names that Python 2 had.
const oldModules: ReadonlyMap<string, string> = new Map([
  ["__builtin__", "builtins"],
  ["copy_reg", "copyreg"],
]);

/** @throws RangeError for everything that plain data does not need */
export function findGlobal(module: string, name: string): PythonGlobal {
  const fullName = `${oldModules.get(module) ?? module}.${name}`;
  if (!known.has(fullName)) {
    throw new RangeError(`it asks for ${JSON.stringify(`${module}.${name}`.slice(0, 100))}, which is no plain data`);
  }
  return new PythonGlobal(fullName);
}

/** What calling a global gives. */
export function callGlobal(callee: unknown, args: readonly unknown[], budget: WorkBudget): unknown {
  if (!(callee instanceof PythonGlobal)) throw new RangeError("it calls what cannot be called");
  const [first, second] = args;
  switch (callee.name) {
    case "builtins.set":
    case "builtins.frozenset":
      if (args.length === 0) return new Set();
      if (!Array.isArray(first)) break;
      budget.spend(8 * first.length);
      return new Set(first);
    case "builtins.bytes":
    case "builtins.bytearray":
      if (args.length === 0) return new Uint8Array(0);
      if (isUint8Array(first)) return first;
      if (typeof first === "string") return encodeLatin1(first, second, budget);
      break;
    case "_codecs.encode":
      return encodeLatin1(first, second, budget);
    case "datetime.datetime":
      return datetimeOf(first, second);
    case "datetime.date":
      return dateOf(first);
    case "datetime.timedelta":
      return timedeltaOf(args);
    case "datetime.timezone":
      if (first instanceof PythonTimedelta) return new PythonTimezone(first.milliseconds);
      break;
    case "decimal.Decimal":
      if (typeof first === "string") return new PythonDecimal(first);
      break;
    case "uuid.UUID":
      if (typeof first === "string") return new PythonUuid(first);
      break;
    case "copyreg._reconstructor":
      return newObject(first);
    default:
  }
  throw new RangeError(`it calls ${callee.name} with what it does not take`);
}

/** What `cls.__new__` gives: only UUIDs are made like this. */
export function newObject(cls: unknown): UnbuiltUuid {
  if (!(cls instanceof PythonGlobal) || cls.name !== "uuid.UUID") throw new RangeError("it makes an unknown object");
  return new UnbuiltUuid();
}

/** Gives an unbuilt UUID its number. */
export function buildObject(object: unknown, state: unknown): void {
  const int: unknown = state instanceof Map ? state.get("int") : undefined;
  if (!(object instanceof UnbuiltUuid) || (typeof int !== "bigint" && typeof int !== "number")) {
    throw new RangeError("it builds an unknown object");
  }
  const hex = BigInt(int).toString(16).padStart(32, "0");
  object.built = new PythonUuid(hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"));
}

function encodeLatin1(text: unknown, encoding: unknown, budget: WorkBudget): Uint8Array {
  if (typeof text !== "string" || typeof encoding !== "string" || !/^latin-?1$/.test(encoding)) {
    throw new RangeError("it encodes what it does not know how");
  }
  if (/[\u0100-\uffff]/.test(text)) throw new RangeError("it encodes what is no Latin-1");
  budget.spend(text.length);
  return new Uint8Array(Buffer.from(text, "latin1"));
}

function datetimeOf(state: unknown, zone: unknown): Date {
  if (!isUint8Array(state) || state.length !== 10) throw new RangeError("it makes a datetime of no state");
  const [century = 0, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, high = 0, middle = 0, low = 0] =
    state;
  const date = new Date(0);
  // The highest bit of the month says which of two equal clock times is meant where clocks are put back.
  date.setUTCFullYear(century * 256 + year, (month & 0x7f) - 1, day);
  date.setUTCHours(hour, minute, second, Math.floor((high * 65_536 + middle * 256 + low) / 1_000));
  if (zone === undefined || zone === null) return date;
  if (!(zone instanceof PythonTimezone)) throw new RangeError("it makes a datetime of an unknown time zone");
  return new Date(date.getTime() - zone.offsetMs);
}

function dateOf(state: unknown): PythonDate {
  if (!isUint8Array(state) || state.length !== 4) throw new RangeError("it makes a date of no state");
  const [century = 0, year = 0, month = 0, day = 0] = state;
  return new PythonDate(century * 256 + year, month, day);
}

function timedeltaOf(args: readonly unknown[]): PythonTimedelta {
  const [days = 0, seconds = 0, microseconds = 0] = args;
  if (typeof days !== "number" || typeof seconds !== "number" || typeof microseconds !== "number") {
    throw new RangeError("it makes a timedelta of no numbers");
  }
  return new PythonTimedelta(days, seconds, microseconds);
}
