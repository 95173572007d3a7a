/** Moments as `toISOString` writes those of the years 0 to 9999: `2026-11-26T04:46:34.000Z`. */
export const momentLength = 24;

// Constants each of its own: V8 makes nothing of those that come out of a destructured array.
const dash = 0x2d;
const colon = 0x3a;
const dot = 0x2e;
const letterT = 0x54;
const letterZ = 0x5a;
const zero = 0x30;

/** The first moment that is written so, and the last one. */
export const firstMs: number = Date.UTC(-1, 12);
export const lastMs: number = Date.UTC(10_000, 0) - 1;

const msOfDay = 86_400_000;
/** From the year 0 to 1970. */
const daysBefore1970 = 719_528;

/** The moment that stands there in ASCII, in milliseconds since 1970; `NaN` where none does, or one that is none of the calendar. */
export function parseMoment(text: Uint8Array, at: number): number {
  const isOfItsForm =
    text[at + 4] === dash &&
    text[at + 7] === dash &&
    text[at + 10] === letterT &&
    text[at + 13] === colon &&
    text[at + 16] === colon &&
    text[at + 19] === dot &&
    text[at + 23] === letterZ;
  if (!isOfItsForm) return Number.NaN;
  const year = twoDigits(text, at) * 100 + twoDigits(text, at + 2);
  const month = twoDigits(text, at + 5);
  const day = twoDigits(text, at + 8);
  const hour = twoDigits(text, at + 11);
  const minute = twoDigits(text, at + 14);
  const second = twoDigits(text, at + 17);
  const ms = twoDigits(text, at + 20) * 10 + digit(text, at + 22);
  if (!(month >= 1 && month <= 12 && hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  if (!(day >= 1 && day <= daysBeforeMonth(year, month + 1) - daysBeforeMonth(year, month))) return Number.NaN;
  const days = daysBeforeYear(year) + daysBeforeMonth(year, month) + day - 1 - daysBefore1970;
  return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + ms;
}

/** `NaN` where it is none, of which nothing is true. */
function digit(text: Uint8Array, at: number): number {
  const value = (text[at] as number) - zero;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

function twoDigits(text: Uint8Array, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

/** Writes a moment of the years 0 to 9999 in ASCII. */
export function printMoment(ms: number, into: Uint8Array, at: number): void {
  const days = Math.floor(ms / msOfDay);
  const ofDay = ms - days * msOfDay;
  const day = days + daysBefore1970;
  // Years have 365.2425 days, so this may be one too many or too few.
  let year = Math.floor(day / 365.2425);
  if (daysBeforeYear(year) > day) year--;
  else if (daysBeforeYear(year + 1) <= day) year++;
  const ofYear = day - daysBeforeYear(year);
  // No month has more than 31 days: this may be one too few.
  let month = (ofYear >> 5) + 1;
  if (daysBeforeMonth(year, month + 1) <= ofYear) month++;
  const century = Math.floor(year / 100);
  printTwo(century, into, at);
  printTwo(year - century * 100, into, at + 2);
  into[at + 4] = dash;
  printTwo(month, into, at + 5);
  into[at + 7] = dash;
  printTwo(ofYear - daysBeforeMonth(year, month) + 1, into, at + 8);
  into[at + 10] = letterT;
  const minutes = Math.floor(ofDay / 60_000);
  const hour = Math.floor(minutes / 60);
  printTwo(hour, into, at + 11);
  into[at + 13] = colon;
  printTwo(minutes - hour * 60, into, at + 14);
  into[at + 16] = colon;
  const ofMinute = ofDay - minutes * 60_000;
  const second = Math.floor(ofMinute / 1000);
  printTwo(second, into, at + 17);
  into[at + 19] = dot;
  const ofSecond = ofMinute - second * 1000;
  const hundredths = Math.floor(ofSecond / 10);
  printTwo(hundredths, into, at + 20);
  into[at + 22] = zero + ofSecond - hundredths * 10;
  into[at + 23] = letterZ;
}

/** @param value - below 100 */
function printTwo(value: number, into: Uint8Array, at: number): void {
  const tens = (value * 205) >> 11;
  into[at] = zero + tens;
  into[at + 1] = zero + value - tens * 10;
}

const daysBeforeMonths = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;

/** The days of a year before one of its months; all of them before the thirteenth. */
function daysBeforeMonth(year: number, month: number): number {
  const isLeap = (year & 3) === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (daysBeforeMonths[month - 1] as number) + (isLeap && month > 2 ? 1 : 0);
}

/** The days between the year 0, which is a leap year, and another one. */
function daysBeforeYear(year: number): number {
  const past = year - 1;
  return year * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) + 1;
}
