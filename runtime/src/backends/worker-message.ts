import { isUint8Array } from "node:util/types";
import type { MessagePort } from "node:worker_threads";
import { BackendUnavailableError, CachetoryError, type CachetoryErrorCode, type Outcome } from "../errors.ts";
import { messageOf } from "../message-of.ts";

/** What a worker thread is started with. */
export interface WorkerStart<Recipe> {
  readonly port: MessagePort;
  /** One number, which counts what the worker has posted: the thread that waits is woken by its change. */
  readonly posted: SharedArrayBuffer;
  /** How the worker makes what it serves. */
  readonly recipe: Recipe;
}

// Tuples, because the names of properties travel with every message: measured, an object costs 1 to 2 µs more each way.

/** A question to a worker; what answers it has the same `id`. */
export type Question = readonly [id: number, method: string, ...args: readonly unknown[]];

/** The answer, or why there is none. */
export type Answer =
  | readonly [id: number, kind: "value", value: unknown]
  | readonly [id: number, kind: "error", error: ErrorMessage];

/** An error as plain data: a class does not survive the way between two threads. */
export interface ErrorMessage {
  readonly code: CachetoryErrorCode | undefined;
  readonly message: string;
  readonly outcome: Outcome | undefined;
  readonly isLate: boolean;
  readonly isRefusal: boolean;
  readonly cause: { readonly name: string; readonly message: string; readonly code: unknown } | undefined;
}

export function errorMessage(error: unknown): ErrorMessage {
  const cause = error instanceof Error ? error.cause : undefined;
  return {
    code: error instanceof CachetoryError ? error.code : undefined,
    message: messageOf(error),
    outcome: error instanceof BackendUnavailableError ? error.outcome : undefined,
    isLate: error instanceof BackendUnavailableError && error.isLate,
    isRefusal: error instanceof BackendUnavailableError && error.isRefusal,
    cause:
      cause instanceof Error
        ? { name: cause.name, message: cause.message, code: "code" in cause ? String(cause.code) : undefined }
        : undefined,
  };
}

/** The error again, of its class, with its cause as far as that is text. */
export function errorOf({ code, message, outcome, isLate, isRefusal, cause }: ErrorMessage): Error {
  const options = cause === undefined ? {} : { cause: causeOf(cause) };
  if (outcome !== undefined) return new BackendUnavailableError(message, { ...options, outcome, isLate, isRefusal });
  return code === undefined ? new Error(message, options) : new CachetoryError(code, message, options);
}

function causeOf({ name, message, code }: NonNullable<ErrorMessage["cause"]>): Error {
  return Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
}

/** A value that was found, or the error that was there instead; nothing else that is stored is an object but bytes. */
export function receivedValue(value: unknown): unknown {
  return typeof value === "object" && value !== null && !isUint8Array(value) ? errorOf(value as ErrorMessage) : value;
}

/** From here on, moving a buffer costs less than copying it. */
const movedFromBytes = 16_384;

/**
 * What is sent, in a form that the other thread gets as it is: bytes in a buffer of their own, for a view would take all
 * of the buffer with it that it looks into; errors as plain data. Large buffers are put into `moved`, and are gone here afterwards.
 *
 * @param isOurs - whether nobody else has the bytes, so that they need not be copied before they are moved
 */
export function sendable(value: unknown, isOurs: boolean, moved: ArrayBuffer[]): unknown {
  if (Array.isArray(value)) return value.map((element) => sendable(element, isOurs, moved));
  if (value instanceof Error) return errorMessage(value);
  // Also of another realm, such as the one of a test runner.
  if (!isUint8Array(value)) return value;
  const isExact = value.byteLength === value.buffer.byteLength;
  const isMoved = value.byteLength >= movedFromBytes;
  const bytes = isExact && (isOurs || !isMoved) ? value : new Uint8Array(value);
  if (isMoved && bytes.buffer instanceof ArrayBuffer) moved.push(bytes.buffer);
  return bytes;
}
