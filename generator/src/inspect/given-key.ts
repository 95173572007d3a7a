import { quote } from "@cachetory/runtime/schemes";
import { messageOf } from "../message-of.ts";
import type { CacheDeclaration, KeyType } from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { keyOf } from "./key-of.ts";

/** The parameters of a key as a command line gives them: one by one, or all as JSON. */
export interface GivenKey {
  /** A JSON object. */
  readonly json: string | undefined;
  /** Each `name=value`. */
  readonly parameters: readonly string[];
}

/** Whether a command line gives any. */
export function isGiven({ json, parameters }: GivenKey): boolean {
  return json !== undefined || parameters.length > 0;
}

/** The key in the backend; else the finding that says what is wrong with the parameters. */
export function keyFor(
  cache: CacheDeclaration,
  prefix: string,
  { json, parameters }: GivenKey,
): { readonly text: string } | Diagnostic {
  try {
    const values = json === undefined ? valuesOf(cache, parameters) : objectOf(json);
    return { text: keyOf(cache, prefix, values) };
  } catch (error) {
    const reason = messageOf(error).replace(/\.$/, "");
    const example =
      json === undefined ? "Write --param name=value for each parameter" : "Write --key with the parameters as JSON";
    const message = error instanceof Unreadable ? reason : `the parameters make no key: ${uncapitalized(reason)}`;
    return errorAt("C1017", undefined, message, `${example}; the pattern is ${cache.key.text}`);
  }
}

/** Parameters that cannot even be read. */
class Unreadable extends Error {}

function objectOf(json: string): Record<string, unknown> {
  let parameters: unknown;
  try {
    parameters = JSON.parse(json);
  } catch {
    throw new Unreadable("the parameters are no JSON");
  }
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) {
    throw new Unreadable("the parameters are no JSON object");
  }
  return { ...parameters };
}

function valuesOf(cache: CacheDeclaration, given: readonly string[]): Record<string, unknown> {
  const types = new Map(
    cache.key.segments.flatMap((segment) =>
      segment.kind === "parameter" ? [[segment.name, segment.type] as const] : [],
    ),
  );
  const values = new Map<string, unknown>();
  for (const parameter of given) {
    const [, name, text] = /^([^=]*)=(.*)$/s.exec(parameter) ?? [];
    if (name === undefined || text === undefined) {
      throw new Unreadable(`${quote(parameter)} is no parameter with a value, as in name=value`);
    }
    if (values.has(name)) throw new Unreadable(`the parameter ${quote(name)} is given twice`);
    values.set(name, valueOfText(name, text, types.get(name)));
  }
  return Object.fromEntries(values);
}

/** What a text says as a value of the type; one that it cannot say stays text, and is refused as every other wrong value. */
function valueOfText(name: string, text: string, type: KeyType | undefined): unknown {
  switch (type?.kind) {
    case "int":
    case "number":
      return /^-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
    case "bool":
      return text === "true" || (text === "false" ? false : text);
    case "hash":
      try {
        return JSON.parse(text);
      } catch {
        throw new Unreadable(
          `the parameter ${quote(name)} is a hash of JSON, so text is written in quotes of its own: '"text"'`,
        );
      }
    default:
      return text;
  }
}

function uncapitalized(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
