import type { Ttl } from "@cachetory/runtime";
import type { Page } from "./models.js";

/** What is empty may soon be no longer so. */
export const pageTtl = (page: Page | null): Ttl => (page === null || page.items.length === 0 ? "10s" : "1h");

export class Lifetimes {
  static any(value: unknown): "forever" | { readonly ms: number } {
    return value === "" ? { ms: 1500 } : "forever";
  }
}

export const value = (name: string): Ttl => (name === "" ? "10s" : "1h");
