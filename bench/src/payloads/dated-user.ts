import type { Random } from "./random.ts";
import { makeUser, type User } from "./user.ts";

/** The user record, with its dates as dates. */
export interface DatedUser extends Omit<User, "createdAt" | "lastSeenAt"> {
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

export function makeDatedUser(random: Random): DatedUser {
  const user = makeUser(random);
  return { ...user, createdAt: new Date(user.createdAt), lastSeenAt: new Date(user.lastSeenAt) };
}
