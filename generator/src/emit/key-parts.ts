import type { KeyPattern } from "../model/declaration.ts";
import { type Code, code, joinCode, local } from "./code.ts";

/** More levels of maps than these would be no quicker than the text. */
const maxParts = 4;

/**
 * A function for each parameter of a key, where a `Map` tells their values apart as the text does; `undefined` for keys
 * with a date or a hash, which are objects, and for keys without parameters.
 */
export function keyParts({ segments }: KeyPattern): Code | undefined {
  const parameters = segments.filter((segment) => segment.kind === "parameter");
  const isPlain = parameters.every(({ type }) => type.kind !== "date" && type.kind !== "hash");
  if (!isPlain || parameters.length === 0 || parameters.length > maxParts) return undefined;
  const key = local("key");
  return code`[${joinCode(
    parameters.map(({ name }) => code`(${key}) => ${key}.${name}`),
    ", ",
  )}]`;
}
