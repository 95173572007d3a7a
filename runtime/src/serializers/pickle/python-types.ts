import { CachetoryError } from "../../errors.ts";

/** Python's `datetime.date`: a day without a time or a place. */
export class PythonDate {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;

  /** @throws CachetoryError `INVALID_VALUE` where there is no such day from the years 1 to 9999 */
  constructor(year: number, month: number, day: number) {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    const isDay = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    if (!isDay || year < 1 || year > 9999) throw invalid(`PythonDate: there is no day ${year}-${month}-${day}.`);
    this.year = year;
    this.month = month;
    this.day = day;
  }

  /** As in `2026-11-22`. */
  toString(): string {
    const { year, month, day } = this;
    return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Python's `datetime.timedelta`, in its own parts: only `days` can be below zero. */
export class PythonTimedelta {
  readonly days: number;
  /** 0 to 86,399. */
  readonly seconds: number;
  /** 0 to 999,999. */
  readonly microseconds: number;

  /** @throws CachetoryError `INVALID_VALUE` where a part is out of its range */
  constructor(days: number, seconds = 0, microseconds = 0) {
    const isValid =
      isWithin(days, -999_999_999, 999_999_999) && isWithin(seconds, 0, 86_399) && isWithin(microseconds, 0, 999_999);
    if (!isValid) throw invalid(`PythonTimedelta: ${days} days, ${seconds} s, ${microseconds} µs are out of range.`);
    this.days = days;
    this.seconds = seconds;
    this.microseconds = microseconds;
  }

  /** The timedelta of so many milliseconds, to the microsecond. */
  static fromMilliseconds(ms: number): PythonTimedelta {
    const days = Math.floor(ms / 86_400_000);
    const rest = Math.round((ms - days * 86_400_000) * 1_000);
    return rest === 86_400_000_000
      ? new PythonTimedelta(days + 1)
      : new PythonTimedelta(days, Math.floor(rest / 1_000_000), rest % 1_000_000);
  }

  get milliseconds(): number {
    return this.days * 86_400_000 + this.seconds * 1_000 + this.microseconds / 1_000;
  }
}

/** Python's `decimal.Decimal`: a number with all of its digits, as text. */
export class PythonDecimal {
  readonly text: string;

  /** @throws CachetoryError `INVALID_VALUE` where Python would not take the text */
  constructor(text: string) {
    if (!/^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|s?nan\d*)$/i.test(text)) {
      throw invalid(`PythonDecimal: ${JSON.stringify(text.slice(0, 40))} is no decimal number.`);
    }
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** Python's `uuid.UUID`. */
export class PythonUuid {
  /** Small letters, with hyphens. */
  readonly text: string;

  /** @throws CachetoryError `INVALID_VALUE` where the text is no UUID with hyphens */
  constructor(text: string) {
    if (!/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(text)) {
      throw invalid(`PythonUuid: ${JSON.stringify(text.slice(0, 40))} is no UUID.`);
    }
    this.text = text.toLowerCase();
  }

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

function isWithin(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

function invalid(message: string): CachetoryError {
  return new CachetoryError("INVALID_VALUE", message);
}
