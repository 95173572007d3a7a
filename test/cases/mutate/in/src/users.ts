export interface UserProfile {
  readonly displayName: string;
}

export type Locale = "en" | "nl";

export interface User {
  readonly id: string;
  readonly locale: Locale;
}

export async function loadProfile(userId: string, locale: Locale): Promise<UserProfile> {
  return { displayName: `${userId} ${locale}` };
}

export async function nameOf(userId: string): Promise<string> {
  return userId;
}

/**
 * Writes a user.
 *
 * @param user - as it shall be
 * @returns whether it was there already
 */
export async function saveProfile(user: Pick<User, "id">): Promise<boolean> {
  return user.id !== "";
}

export async function renameUser(name: string, userId: string, locale: Locale): Promise<string> {
  return `${name} ${userId} ${locale}`;
}

/** Gives no promise. */
export function translate({ userId }: { userId: string }): void {
  if (userId === "") throw new Error("Nobody.");
}

export async function importUsers(users: readonly User[]): Promise<number> {
  return users.length;
}
