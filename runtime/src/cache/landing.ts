import type { Flight, Flights } from "./flights.ts";

/** One key of a load of many: the flight that its callers wait for, and how that ends. Only the first end counts. */
export class Landing<T> {
  readonly text: string;
  readonly flight: Flight<T>;
  readonly #flights: Flights<T>;
  #resolve = (_value: T): void => {};
  #reject = (_cause: unknown): void => {};

  /** Starts the flight. Somebody has to wait for it, or a failure is seen by nobody. */
  constructor(text: string, flights: Flights<T>) {
    this.text = text;
    this.flight = flights.start(text);
    this.#flights = flights;
    this.flight.carry(
      new Promise<T>((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      }),
    );
  }

  land(value: T): void {
    this.#flights.land(this.text, this.flight);
    this.#resolve(value);
  }

  fail(cause: unknown): void {
    this.#flights.land(this.text, this.flight);
    this.#reject(cause);
  }
}
