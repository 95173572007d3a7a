/** What is measured: an operation with so many calls in flight. */
export interface Cell {
  readonly name: string;
  readonly operation: Operation;
  readonly inFlight: number;
}

export type Operation = "get" | "set" | "getOrSet" | "getMany" | "setMany";

/** How many entries a batch has. */
export const batchSize = 100;

export function cellOf(operation: Operation, inFlight: number): Cell {
  const isBatch = operation === "getMany" || operation === "setMany";
  return { name: `${operation}${isBatch ? `(${batchSize})` : ""} ×${inFlight}`, operation, inFlight };
}

const single = (["get", "set", "getOrSet"] as const).flatMap((operation) =>
  [1, 8, 32, 256].map((inFlight) => cellOf(operation, inFlight)),
);
const batched = (["getMany", "setMany"] as const).flatMap((operation) =>
  [1, 8].map((inFlight) => cellOf(operation, inFlight)),
);

/** Of 350 B. */
export const smallCells: readonly Cell[] = [...single, ...batched];
/** Of 12 KB. */
export const largeCells: readonly Cell[] = (["get", "set"] as const).flatMap((operation) =>
  [1, 32].map((inFlight) => cellOf(operation, inFlight)),
);
/** On a Cluster. */
export const clusterCells: readonly Cell[] = [cellOf("get", 32), cellOf("set", 32), ...batched];
