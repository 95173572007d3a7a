import type { Redis } from "ioredis";

/** How often the client's socket writes from now on. */
export function countWrites({ stream }: Redis): { readonly writes: number } {
  const seen = { writes: 0 };
  // Each write of a socket is a call of one of these.
  for (const name of ["_write", "_writev"] as const) {
    const original = (Reflect.get(stream, name) as (...args: unknown[]) => void).bind(stream);
    Reflect.set(stream, name, (...args: unknown[]) => {
      seen.writes += 1;
      original(...args);
    });
  }
  return seen;
}
