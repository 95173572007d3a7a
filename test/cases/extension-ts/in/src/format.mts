export type Format = "short" | "long";
