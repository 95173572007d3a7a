import type { Ttl } from "../cache/ttl.ts";

/**
 * What becomes of `null`, the answer that there is nothing: it is stored as any other value, it lives for a time of its own,
 * or it is not stored.
 */
export type Negative = "store" | "skip" | { readonly ttl: Ttl };
