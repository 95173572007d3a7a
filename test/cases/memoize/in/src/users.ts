export interface UserProfile {
  readonly displayName: string;
}

/**
 * The profile of a user, in a language.
 *
 * Slow: it asks three services.
 *
 * @param userId - of the user
 * @example
 * await loadProfile("0b5e3a4c-6f1d-4c37-9a52-1f0e8d7c6b5a", "nl");
 */
export async function loadProfile(userId: string, locale: "en" | "nl"): Promise<UserProfile | undefined> {
  return userId === "" ? undefined : { displayName: `${userId} ${locale}` };
}

export interface User {
  readonly id: string;
}

/** Taken apart at once. */
export const profileOf = async ({ user, locale }: { user: User; locale: "en" | "nl" }): Promise<UserProfile> => ({
  displayName: `${user.id} ${locale}`,
});
