/** A change that is listened for. */
export interface HeardChange {
  /** Resolves when the key has changed, or changes are no longer heard of. Never rejects. */
  readonly changed: Promise<void>;
  /** Listens no more. */
  stop(): void;
}

/**
 * Who does something for a key, among all processes that share a backend. A lease ends by itself: it spares work, and
 * excludes nobody for sure. Methods reject as those of a backend do.
 */
export interface Leases {
  /** Takes the lease of a key where nobody has it; whether it was taken. */
  take(key: string, token: string, leaseMs: number): Promise<boolean>;
  /** Whether it was still held with this token; it then is for so long from now on. */
  extend(key: string, token: string, leaseMs: number): Promise<boolean>;
  /** Tells of the next change of the key. Absent, or `undefined`, where changes are not heard of. */
  hear?(key: string): HeardChange | undefined;
  /** Lets go of it where it is held with this token; whether it was. */
  release(key: string, token: string): Promise<boolean>;
}
