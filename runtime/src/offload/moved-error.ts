import { CachetoryError, type CachetoryErrorCode } from "../errors.ts";

/** An error as data: a copy of the error itself would lose its class and its code. */
export interface MovedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** As a `CachetoryError` or an error of Node has one. */
  readonly code: string | undefined;
  readonly isOurs: boolean;
  readonly cause: MovedError | undefined;
}

export function packError(error: unknown): MovedError {
  if (!(error instanceof Error)) return packError(new Error(String(error)));
  const code: unknown = "code" in error ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    code: typeof code === "string" ? code : undefined,
    isOurs: error instanceof CachetoryError,
    cause: error.cause === undefined ? undefined : packError(error.cause),
  };
}

export function unpackError({ name, message, stack, code, isOurs, cause }: MovedError): Error {
  const options = cause === undefined ? {} : { cause: unpackError(cause) };
  // What was packed as ours had a code of ours.
  if (isOurs) return new CachetoryError(code as CachetoryErrorCode, message, options);
  const error = Object.assign(new Error(message, options), code !== undefined && { code });
  Object.defineProperties(error, {
    name: { value: name, configurable: true, writable: true },
    stack: { value: stack, configurable: true, writable: true },
  });
  return error;
}
