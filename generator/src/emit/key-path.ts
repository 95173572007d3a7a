import type { KeyPattern, KeyType } from "../model/declaration.ts";
import { type Code, code, joinCode, local } from "./code.ts";

/** More levels of maps than these would be no quicker than the text. */
const maxParts = 4;

/**
 * How a key's entry is found by its parameters, where a `Map` tells their values apart as the text does; `undefined` for
 * keys with a date or a hash, which are objects, with a secret, which nothing is to remember, and for keys without parameters.
 */
export function keyPath({ segments }: KeyPattern): Code | undefined {
  const parameters = segments.filter((segment) => segment.kind === "parameter");
  const isPlain = parameters.every(({ type }) => !["date", "hash", "secret"].includes(type.kind));
  if (!isPlain || parameters.length === 0 || parameters.length > maxParts) return undefined;
  const [level, key] = [local("level"), local("key")];
  // What has few values comes first: then there are few maps, and the last is a large one.
  const sorted = [...parameters].sort((a, b) => Number(isOfMany(a.type)) - Number(isOfMany(b.type)));
  const steps = sorted.map(({ name }) => code`get(${key}.${name})`);
  const parts = sorted.map(({ name }) => code`(${key}) => ${key}.${name}`);
  return code`{
    find: (${level}, ${key}) => ${level}.${joinCode(steps, "?.")},
    parts: [${joinCode(parts, ", ")}],
  }`;
}

function isOfMany({ kind }: KeyType): boolean {
  return kind !== "union" && kind !== "bool";
}
