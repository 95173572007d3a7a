import { BackendUnavailableError, CachetoryError } from "../errors.ts";

/** @throws BackendUnavailableError for whatever a client rejects with; without values, keys and passwords */
export function unavailable(cause: unknown): never {
  if (cause instanceof CachetoryError) throw cause;
  // An answer means that it was refused; any other end of a command says nothing about what it did.
  const outcome = isReply(cause) ? "none" : "unknown";
  forgetArguments(cause);
  const isRefusal = whatIsTold(cause) === "answer";
  throw new BackendUnavailableError(reasonOf(cause), { cause, outcome, isRefusal });
}

/** What ended a clear, with what it had done until then. */
export function clearedUntil(cause: unknown, count: number): unknown {
  if (!(cause instanceof BackendUnavailableError) || count === 0) return cause;
  const message = `${cause.message} ${count} entries were deleted until then.`;
  return new BackendUnavailableError(message, { cause, outcome: "unknown" });
}

/** A key that holds a list or a hash is somebody else's: there is no entry, and the answer was an answer. */
export function missOfWrongType(cause: unknown): undefined {
  return isReply(cause) && cause.message.startsWith("WRONGTYPE") ? undefined : unavailable(cause);
}

/** Whether the server said no, as against a connection that was lost: its answers begin with a code in capitals. */
export function isReply(cause: unknown): cause is Error {
  return cause instanceof Error && /^[A-Z][A-Z0-9]* /.test(previousErrors(cause)[0]?.message ?? cause.message);
}

/** Whether the server does not know a command, or this user may not call it. */
export function isRefusal(cause: unknown): boolean {
  return (
    isReply(cause) &&
    /^(?:ERR unknown command|NOPERM|ERR The user executing the script can't run this command)/i.test(cause.message)
  );
}

/** Of several commands that count as one, those that failed. */
export class SomeFailed<Failed extends { readonly error: BackendUnavailableError }> {
  readonly failed: readonly Failed[];

  constructor(failed: readonly Failed[]) {
    this.failed = failed;
  }
}

/**
 * What the end of a command tells of its server. `answer`: that it serves, a no included; `refused`: that it cannot serve;
 * `lost`: that it is gone, or the way to it; `nothing` where it was not even asked.
 */
export function whatIsTold(cause: unknown): "answer" | "refused" | "lost" | "nothing" {
  if (cause instanceof SomeFailed) {
    const told = cause.failed.map(({ error }) => whatIsTold(error.cause));
    // One of them may have been done, or the server may be sick, whatever it said of the others.
    return (["lost", "refused"] as const).find((worst) => told.includes(worst)) ?? told[0] ?? "nothing";
  }
  if (cause instanceof CachetoryError || !(cause instanceof Error)) return "nothing";
  if (!isReply(cause)) return "lost";
  return /^(?:LOADING|CLUSTERDOWN|MASTERDOWN|BUSY) /.test(cause.message) ? "refused" : "answer";
}

/** Whether a server of a Cluster said that another has the key, or will have it soon. */
export function isRedirection(cause: unknown): boolean {
  return isReply(cause) && /^(?:MOVED|ASK|TRYAGAIN|CLUSTERDOWN) /.test(cause.message);
}

/**
 * ioredis hangs the command to its errors, with its arguments: keys and values of the cache, or the password. A server that
 * does not know a command says with which arguments it came.
 */
export function forgetArguments(cause: unknown, depth = 10): void {
  if (!(cause instanceof Error) || depth === 0) return;
  if ("command" in cause) delete cause.command;
  const [known, told] = cause.message.split(/,? with args beginning with:/);
  if (told !== undefined && known !== undefined) {
    if (cause.stack !== undefined) cause.stack = cause.stack.replace(cause.message, known);
    cause.message = known;
  }
  for (const refused of previousErrors(cause)) forgetArguments(refused, depth - 1);
  // A Cluster hangs the error of the node that it asked last to its own.
  if ("lastNodeError" in cause) forgetArguments(cause.lastNodeError, depth - 1);
  forgetArguments(cause.cause, depth - 1);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return `Redis: ${String(cause)}`;
  // The client speaks of an option of its own here, which nobody can set.
  if (cause.name === "MaxRetriesPerRequestError") return "The connection to Redis was lost before an answer came.";
  return `Redis: ${previousErrors(cause)[0]?.message ?? cause.message}`;
}

/** Why the commands of an aborted transaction were refused; its own error says only that one was. */
function previousErrors(cause: Error): readonly Error[] {
  if (!("previousErrors" in cause) || !Array.isArray(cause.previousErrors)) return [];
  return cause.previousErrors.filter((error) => error instanceof Error);
}

export function notConnected(cause: unknown): BackendUnavailableError {
  forgetArguments(cause);
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  const message = `There is no connection to Redis${reason}.${connectRemedy(cause)}`;
  return new BackendUnavailableError(message, { cause, outcome: "none" });
}

function connectRemedy(cause: unknown): string {
  if (isUnreachable(cause)) return " Check that the server runs, and that the backend's URL leads to it.";
  const isUnknownUser = cause instanceof Error && /\b(?:WRONGPASS|NOAUTH) /.test(cause.message);
  return isUnknownUser ? " Check the user and the password of the backend's URL." : "";
}

/** Whether nobody was there, or not even the host, as against a server that ended the connection. */
function isUnreachable(cause: unknown): boolean {
  return cause instanceof Error && ["connect", "getaddrinfo"].includes(String(Reflect.get(cause, "syscall")));
}

export function timedOut(limitMs: number): BackendUnavailableError {
  return new BackendUnavailableError(`Redis did not answer within ${limitMs} ms.`, {
    outcome: "unknown",
    isLate: true,
  });
}

export function leftAlone(address: string, cause: unknown): BackendUnavailableError {
  const reason = cause instanceof Error ? ` ${cause.message}` : "";
  const message = `Redis at ${address} is left alone for a moment, since it has not answered.${reason}`;
  return new BackendUnavailableError(message, { outcome: "none" });
}

export function tooManyWaiting(max: number): BackendUnavailableError {
  const message = `There is no connection to Redis yet, and ${max} commands wait for one (max-waiting).`;
  return new BackendUnavailableError(message, { outcome: "none" });
}
