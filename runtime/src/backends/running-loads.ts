/** Loads that run, of one cache. */
export interface RunningLoads {
  /** The load of the key, if one runs, answers its waiters and stores nothing. */
  invalidate(text: string): void;
  invalidateWhere(owns: (text: string) => boolean): void;
}

/** By backend, all that run in this process: caches that share one may share keys. */
const running = new WeakMap<object, Set<RunningLoads>>();

/** The backends of faces without promises. */
const backendOfFace = new WeakMap<object, AnyBackend>();

/** What is used of a backend, with promises or without. */
interface AnyBackend {
  readonly local?: object | undefined;
  readonly behind?: AnyBackend | undefined;
}

/** Caches on a face have the same entries as those on its backend. */
export function noteFace(face: object, backend: AnyBackend): void {
  backendOfFace.set(face, backend);
}

/** The caches that have loads under way on this backend: each puts itself there, and takes itself away. */
export function loadsOn(backend: AnyBackend): Set<RunningLoads> {
  if (backend.behind !== undefined) return loadsOn(backend.behind);
  // Of what is in this process, every face has the same entries.
  const entries = backend.local ?? backendOfFace.get(backend) ?? backend;
  let loads = running.get(entries);
  if (loads === undefined) {
    loads = new Set();
    running.set(entries, loads);
  }
  return loads;
}
