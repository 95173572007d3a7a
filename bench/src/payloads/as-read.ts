import { isDeepStrictEqual } from "node:util";
import { deserialize, serialize } from "node:v8";

/**
 * The same value as a database or an API gives it: put together at once, each text in one piece. What a generator puts together bit
 * by bit lies about in memory, and waiting for that, which differs by the process, takes longer than to write it.
 */
export function asRead<T>(value: T): T {
  const read: unknown = JSON.parse(JSON.stringify(value));
  // What JSON cannot say, such as dates, comes from somewhere else; numbers it reads in the form in which they are fast.
  return (isDeepStrictEqual(read, value) ? read : deserialize(serialize(value))) as T;
}
