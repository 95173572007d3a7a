import { CachetoryError, type CachetoryErrorCode } from "../errors.ts";
import { messageOf } from "../message-of.ts";

/**
 * What a function gives that somebody else has written.
 *
 * @throws CachetoryError of this code for whatever it throws, so that no backend is blamed for it
 */
export function calledBack<T>(code: CachetoryErrorCode, what: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw new CachetoryError(code, `${what} ${messageOf(cause)}`, { cause });
  }
}
