import type { Flight, Flights } from "./flights.ts";

/**
 * How the flight of a key ends, which carries that end from now on: a loader that asks for its own key waits for itself. Only the
 * first end counts.
 */
export class Landing<T> {
  readonly text: string;
  readonly flight: Flight<T>;
  /** Why what was loaded could not be stored; who only wants the value is not told. */
  unstored: { readonly cause: unknown } | undefined;
  readonly #flights: Flights<T>;
  #resolve: ((value: T) => void) | undefined;
  #reject: ((cause: unknown) => void) | undefined;

  /** Somebody has to wait for the flight, or a failure is seen by nobody. */
  constructor(text: string, flight: Flight<T>, flights: Flights<T>) {
    this.text = text;
    this.flight = flight;
    this.#flights = flights;
    this.flight.carry(
      new Promise<T>((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      }),
    );
  }

  /** As the cache is given it. */
  get key(): unknown {
    return this.flight.key;
  }

  land(value: T): void {
    this.#flights.landWith(this.flight, value);
    this.#resolve?.(value);
  }

  fail(cause: unknown): void {
    this.#flights.land(this.flight);
    this.#reject?.(cause);
  }

  /** Ends as a promise does, and never rejects itself. */
  async landWith(result: Promise<T>): Promise<void> {
    try {
      this.land(await result);
    } catch (cause) {
      this.fail(cause);
    }
  }

  /** Ends as another flight of the key does. */
  follow(other: Flight<T>): void {
    this.flight.follow(other).then(
      (value) => this.land(value),
      (cause) => this.fail(cause),
    );
  }
}
