import type { User } from "./models.ts";

export async function loadUser(id: number): Promise<User | undefined> {
  return id > 0 ? { name: `User ${id}` } : undefined;
}
