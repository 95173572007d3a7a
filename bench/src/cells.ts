/** What is measured: an operation with so many calls in flight. */
export interface Cell {
  readonly operation: Operation;
  readonly inFlight: number;
}

export type Operation = "get" | "set" | "getOrSet" | "getMany" | "setMany";

export const batchSize = 100;

const single = [1, 32, 256];
const batched = [1, 8];

const levels: Readonly<Record<Operation, readonly number[]>> = {
  get: single,
  set: single,
  getOrSet: single,
  getMany: batched,
  setMany: batched,
};

export const operations: readonly Operation[] = ["get", "set", "getOrSet", "getMany", "setMany"];

export const cells: readonly Cell[] = operations.flatMap((operation) =>
  levels[operation].map((inFlight) => ({ operation, inFlight })),
);

export function cellName({ operation, inFlight }: Cell): string {
  const isBatch = operation === "getMany" || operation === "setMany";
  return `${operation}${isBatch ? `(${batchSize})` : ""} ×${inFlight}`;
}
