export interface User {
  readonly name: string;
}

export async function loadUser(id: number): Promise<User> {
  return { name: String(id) };
}

export async function loadTitle(locale: "en" | "nl"): Promise<string> {
  return locale;
}
