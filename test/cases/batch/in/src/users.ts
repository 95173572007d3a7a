export interface UserProfile {
  readonly displayName: string;
}

type Locale = "en" | "nl";

/**
 * The profile of a user, in a language.
 *
 * @param userId - of the user
 */
export async function loadProfile(userId: string, locale: Locale): Promise<UserProfile | undefined> {
  const [profile] = await loadProfiles([{ userId, locale }]);
  return profile instanceof Error ? Promise.reject(profile) : profile;
}

interface ProfileCall {
  readonly userId: string;
  readonly locale: Locale;
  readonly isShort?: boolean;
}

export async function loadProfiles(calls: readonly ProfileCall[]): Promise<(UserProfile | Error | undefined)[]> {
  return calls.map(({ userId, locale }) => {
    if (userId === "gone") return undefined;
    return userId === "broken" ? new Error("broken") : { displayName: `${userId} ${locale}` };
  });
}

export function nameOf(id: string): string {
  return id.toUpperCase();
}

export async function namesOf(ids: string[], separator = ""): Promise<Map<string, string>> {
  return new Map(ids.map((id) => [id, id.toUpperCase() + separator]));
}

export interface User {
  readonly id: string;
}

/** Taken apart at once. */
export const profileOf = async ({ user, locale }: { user: User; locale: Locale }): Promise<UserProfile> => ({
  displayName: `${user.id} ${locale}`,
});

export const profilesOf = (
  calls: { user: User; locale: Locale }[],
): [call: { user: User; locale: Locale }, profile: UserProfile][] =>
  calls.map((call) => [call, { displayName: `${call.user.id} ${call.locale}` }]);
