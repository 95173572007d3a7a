export interface User {
  readonly id: number;
  readonly name: string;
  readonly friend: User | null;
  readonly maybe?: number;
  // biome-ignore lint/suspicious/noExplicitAny: that is what is found
  readonly anything: any;
  readonly callback: () => void;
}

export async function nameOf(id: number): Promise<string> {
  return String(id);
}

export async function broken(id: unknown): Promise<string> {
  return String(id);
}

export class Users {
  private readonly own = 1;

  private async secret(): Promise<number> {
    return this.own;
  }

  async drop(): Promise<number> {
    return this.secret();
  }
}

export async function* each(): AsyncGenerator<User> {}

export async function save(user: User, locale?: "en" | "nl"): Promise<User | undefined> {
  return locale === "en" ? user : undefined;
}

export async function saveIn(id: number, locale: "en" | "nl" = "nl"): Promise<string> {
  return `${id} ${locale}`;
}

export async function saveAll(users: readonly User[]): Promise<number> {
  return users.length;
}

export async function confuse(result: User): Promise<User> {
  return result;
}

export function overloaded(id: number): Promise<void>;
export function overloaded(name: string, id: number): Promise<void>;
export async function overloaded(first: number | string, id?: number): Promise<void> {
  if (first === id) throw new Error("The same.");
}
