export interface Line {
  sku: string;
  qty: number;
}
export interface Order {
  id: number;
  status: "open" | "paid" | null;
  lines: Line[];
  gift?: Line;
  address: { city: string; zip: string | number } | null;
  rates: Record<string, number>;
  span: [from: number, to?: number];
  steps: [string, ...number[], boolean];
  meta: unknown;
}
export type Shape =
  | { kind: "circle"; r: number; at: Date }
  | { kind: "square" | "cube"; side: number }
  | { kind: "dot" };
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export interface Tree {
  name: string;
  left: Tree | null;
  seen: Map<string, Date>;
  tags: Set<bigint>;
}
export interface Forest {
  trees: Tree[];
  parent: Tree | Set<Forest>;
}
export interface Odd {
  toString: string;
  "two words": `v${number}.${number}`;
  gone?: never;
  some: {};
  wide: {} | null;
  either: { a: number } | { b: string } | string[] | `x-${string}-${string}/y`;
  [name: `on-${string}`]: unknown;
}
export type Choice = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | Uint8Array | 1 | 2;
