import type { Misfit } from "./misfit.ts";

/** Finds the first misfit of a part that may lead back to itself. */
export type CheckVisited = (value: unknown, visits: Visits) => Misfit | undefined;

interface Visit {
  readonly check: CheckVisited;
  readonly value: object;
}

/**
 * What has been checked of one value, and as what: objects that hold one another, or that are held many times over, are
 * looked into once. While something is being checked it is taken to fit, which holds unless it then turns out not to.
 */
export class Visits {
  readonly #seen = new Map<CheckVisited, Set<object>>();
  readonly #misfits = new Map<CheckVisited, Map<object, Misfit>>();
  readonly #trail: Visit[] = [];

  /** What `check` finds in a value that it has not seen yet. */
  once(check: CheckVisited, value: unknown): Misfit | undefined {
    if (typeof value !== "object" || value === null) return check(value, this);
    let seen = this.#seen.get(check);
    if (seen?.has(value)) return undefined;
    const known = this.#misfits.get(check)?.get(value);
    if (known !== undefined) return known;
    if (seen === undefined) {
      seen = new Set();
      this.#seen.set(check, seen);
    }
    const before = this.#trail.length;
    seen.add(value);
    this.#trail.push({ check, value });
    const found = check(value, this);
    // Another member of a union may be what it is: all that was taken to fit because this did is open again.
    if (found !== undefined) {
      this.#forget(before);
      this.#keep(check, value, found);
    }
    return found;
  }

  #keep(check: CheckVisited, value: object, found: Misfit): void {
    const misfits = this.#misfits.get(check) ?? new Map<object, Misfit>();
    misfits.set(value, found);
    this.#misfits.set(check, misfits);
  }

  #forget(length: number): void {
    for (const { check, value } of this.#trail.splice(length)) this.#seen.get(check)?.delete(value);
  }
}
