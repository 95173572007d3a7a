/**
 * Who does something for a key, among all processes that share a backend. A lease ends by itself: it spares work, and
 * excludes nobody for sure. Methods reject as those of a backend do.
 */
export interface Leases {
  /** Takes the lease of a key where nobody has it; whether it was taken. */
  take(key: string, token: string, leaseMs: number): Promise<boolean>;
  /** Whether it was still held with this token; it then is for so long from now on. */
  extend(key: string, token: string, leaseMs: number): Promise<boolean>;
  /** Lets go of it where it is held with this token; whether it was. */
  release(key: string, token: string): Promise<boolean>;
}
