/** What is used of an `AbortSignal`; spelt out so that the declarations need neither DOM nor Node types. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Whoever waits with one signal, by the only listener that the signal is given. */
interface Waiting {
  readonly rejects: Set<() => void>;
  readonly listener: () => void;
}

// Node warns of a leak from the eleventh listener on, and one signal may go with any number of calls.
const waitingFor = new WeakMap<AbortSignalLike, Waiting>();

/** The promise, or a rejection with the signal's reason as soon as it is aborted; what runs underneath goes on. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignalLike | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    join(signal, onAbort);
    promise.then(resolve, reject).finally(() => leave(signal, onAbort));
  });
}

function join(signal: AbortSignalLike, onAbort: () => void): void {
  const known = waitingFor.get(signal);
  if (known !== undefined) {
    known.rejects.add(onAbort);
    return;
  }
  const rejects = new Set([onAbort]);
  const listener = (): void => {
    for (const reject of rejects) reject();
  };
  waitingFor.set(signal, { rejects, listener });
  signal.addEventListener("abort", listener);
}

function leave(signal: AbortSignalLike, onAbort: () => void): void {
  const waiting = waitingFor.get(signal);
  if (waiting === undefined) return;
  waiting.rejects.delete(onAbort);
  if (waiting.rejects.size > 0) return;
  waitingFor.delete(signal);
  signal.removeEventListener("abort", waiting.listener);
}

/** @throws the signal's reason where it has aborted already: what has not begun is not begun */
export function refuseAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted === true) throw signal.reason;
}
