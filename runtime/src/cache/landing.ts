import type { Flight, Flights } from "./flights.ts";

/** One key of a load of many: the flight that its callers wait for, and how that ends. Only the first end counts. */
export class Landing<T> {
  readonly text: string;
  /** As the cache is given it. */
  readonly key: unknown;
  readonly flight: Flight<T>;
  /** Why what was loaded could not be stored; who only wants the value is not told. */
  unstored: { readonly cause: unknown } | undefined;
  readonly #flights: Flights<T>;
  #resolve: ((value: T) => void) | undefined;
  #reject: ((cause: unknown) => void) | undefined;

  /** Starts the flight. Somebody has to wait for it, or a failure is seen by nobody. */
  constructor(text: string, key: unknown, flights: Flights<T>) {
    this.text = text;
    this.key = key;
    this.flight = flights.start(text, key);
    this.#flights = flights;
    this.flight.carry(
      new Promise<T>((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      }),
    );
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
