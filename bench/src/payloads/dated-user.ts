import type { Random } from "./random.ts";
import { makeUser, type User } from "./user.ts";

/** The user record, with its dates as dates. */
export interface DatedUser extends Omit<User, "createdAt" | "seenAt"> {
  readonly createdAt: Date;
  readonly seenAt: Date;
}

export function makeDatedUser(random: Random): DatedUser {
  const user = makeUser(random);
  return { ...user, createdAt: new Date(user.createdAt), seenAt: new Date(user.seenAt) };
}
