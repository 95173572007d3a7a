import { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "../serializers/pickle/python-types.ts";
import { unreadable } from "./input.ts";

/** Classes of which a text says all. */
interface Textual {
  readonly RegExp: RegExp;
  readonly URL: URL;
  readonly PythonDate: PythonDate;
  readonly PythonDecimal: PythonDecimal;
  readonly PythonTimedelta: PythonTimedelta;
  readonly PythonUuid: PythonUuid;
}

type TextualName = "RegExp" | "URL" | "PythonDate" | "PythonDecimal" | "PythonTimedelta" | "PythonUuid";

interface Form<T> {
  print(value: T): string;
  /** May throw whatever its class does: the text is another one's then. */
  parse(text: string): T;
}

const forms: { readonly [N in TextualName]: Form<Textual[N]> } = {
  RegExp: {
    print: ({ lastIndex, flags, source }) => `${numberText(lastIndex)}/${flags}/${source}`,
    parse: (text) => {
      const [lastIndex = "", flags = ""] = text.split("/", 2);
      const pattern = new RegExp(text.slice(lastIndex.length + flags.length + 2), flags);
      pattern.lastIndex = Number(lastIndex);
      return pattern;
    },
  },
  URL: { print: ({ href }) => href, parse: (text) => new URL(text) },
  PythonDate: {
    print: ({ year, month, day }) => numbersText([year, month, day]),
    parse: (text) => {
      const [year = 0, month = 0, day = 0] = numbersOf(text);
      return new PythonDate(year, month, day);
    },
  },
  PythonDecimal: { print: ({ text }) => text, parse: (text) => new PythonDecimal(text) },
  PythonTimedelta: {
    print: ({ days, seconds, microseconds }) => numbersText([days, seconds, microseconds]),
    parse: (text) => {
      const [days = 0, seconds = 0, microseconds = 0] = numbersOf(text);
      return new PythonTimedelta(days, seconds, microseconds);
    },
  },
  PythonUuid: { print: ({ text }) => text, parse: (text) => new PythonUuid(text) },
};

/** The text of a value, which is known to be of the class. */
export function builtinText(value: unknown, name: TextualName): string {
  return formOf(name).print(value);
}

/**
 * The value that a text says.
 *
 * @throws CachetoryError `UNREADABLE` where no value has this text
 */
export function builtinOfText(text: string, name: TextualName): unknown {
  const form = formOf(name);
  const value = parsed(text, form);
  // Another spelling of a value is none that was written.
  return value !== undefined && form.print(value) === text ? value : unreadable();
}

function formOf(name: TextualName): Form<unknown> {
  // Each is given values of its own class alone, which the caller has tested.
  return forms[name] as Form<unknown>;
}

function parsed<T>(text: string, { parse }: Form<T>): T | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function numbersText(numbers: readonly number[]): string {
  return numbers.map(numberText).join(",");
}

function numbersOf(text: string): readonly number[] {
  return text.split(",").map(Number);
}

/** The very same number. */
function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
