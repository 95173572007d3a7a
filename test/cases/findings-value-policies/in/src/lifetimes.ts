import type { MaybePage, Page } from "./models.js";

export const promised = async (page: Page): Promise<"1h"> => (page.items.length > 0 ? "1h" : "1h");
export const counted = (page: Page): number => page.items.length;
export const ofPageOnly = (page: Page): "1h" | "1m" => (page.items.length > 0 ? "1h" : "1m");
export const untyped = (page: Page) => JSON.parse(page.items[0] ?? "");
export const ofTwo = (page: Page, more: number): "1h" | "1m" => (page.items.length > more ? "1h" : "1m");
export const good = (page: MaybePage): "1h" | "1m" => (page === null ? "1m" : "1h");
export type Ttl = "1h";
export class Lifetimes {
  of(page: Page): "1h" | "1m" {
    return page.items.length > 0 ? "1h" : "1m";
  }
}
