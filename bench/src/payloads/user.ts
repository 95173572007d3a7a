import type { Random } from "./random.ts";

/** A user record: short strings, a uuid, two dates as text, flags and small enums. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: "en" | "nl" | "de" | "fr";
  readonly createdAt: string;
  readonly seenAt: string;
  readonly avatarUrl: string | null;
  readonly bio?: string;
  readonly isVerified: boolean;
  readonly plan: "free" | "pro" | "team";
  readonly followers: number;
  readonly following: number;
  readonly settings: {
    readonly theme: "dark" | "light" | "system";
    readonly mail: boolean;
    readonly push: boolean;
    readonly pageSize: number;
  };
  readonly tags: readonly string[];
}

export function makeUser(random: Random): User {
  return {
    id: random.uuid(),
    email: `${random.words(1)}.${random.words(1)}@example.com`,
    name: random.words(2),
    locale: random.pick(["en", "nl", "de", "fr"]),
    createdAt: random.isoDate(),
    seenAt: random.isoDate(),
    avatarUrl: random.once(4) ? null : `https://cdn.example.com/a/${random.below(1e4)}.png`,
    ...(random.once(2) && { bio: random.words(2) }),
    isVerified: random.once(2),
    plan: random.pick(["free", "pro", "team"]),
    followers: random.below(5000),
    following: random.below(500),
    settings: {
      theme: random.pick(["dark", "light", "system"]),
      mail: random.once(2),
      push: random.once(2),
      pageSize: random.pick([10, 20, 50]),
    },
    tags: random.many(random.below(4), () => random.words(1)),
  };
}
