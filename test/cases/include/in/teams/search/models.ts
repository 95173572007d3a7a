import type { User } from "../../src/models.ts";

export interface Found {
  readonly titles: readonly string[];
}

export async function find(query: string): Promise<Found> {
  return { titles: [query] };
}

/** Whose title it is. */
export async function ownerOf(title: string): Promise<User> {
  return { name: title };
}
