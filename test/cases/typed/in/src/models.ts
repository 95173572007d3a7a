export interface Line {
  sku: string;
  qty: number;
}
export interface Order {
  id: number;
  status: "open" | "paid" | null;
  lines: Line[];
  gift?: Line;
  address: { city: string; zip: string | number; isHome: boolean };
  rates: Record<string, number>;
  span: [from: number, to?: number];
  steps: [string, ...number[], boolean];
  placedAt: Date;
  picture: Uint8Array | undefined;
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
export interface Odd {
  toString: string;
  "two words": `v${number}.${number}`;
  gone?: never;
  either: { a: number } | { b: string } | string[] | `x-${string}-${string}/y`;
  pixels: Float32Array;
  hooks: { [name: `on-${string}`]: number; [index: number]: number; [name: string]: number | string };
}
export type Choice = "a" | "b" | "c" | "d" | "e" | "f" | "g" | "h" | "i" | "j" | "k" | "l" | "m" | 1 | 2 | 3 | 4 | 5n;
export interface Link {
  pattern?: RegExp;
  target: RegExp | string | null;
}
/** Places at which nothing may stand, each with something behind it. */
export interface Barren {
  list: never[];
  map: Map<string, never>;
  record: Record<string, never>;
  set: Set<never>;
  tuple: [string, ...never[], number];
  both?: { first: never; second: never };
  either: { kind: "full"; first: never; second: string } | { kind: "empty" };
}
export interface ImageValue {
  url: string;
}
/** Properties that are called as functions are. */
export interface Gallery {
  decodeImage: boolean;
  encodeImage: boolean;
  first: ImageValue;
  second: ImageValue;
}
