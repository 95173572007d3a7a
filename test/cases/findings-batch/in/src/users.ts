export interface User {
  readonly name: string;
}

type Locale = "en" | "nl";

export async function byId(id: number): Promise<User> {
  return { name: `${id}` };
}

export async function load(id: number, locale: Locale): Promise<User> {
  return { name: `${id} ${locale}` };
}

export async function all(): Promise<User> {
  return byId(0);
}

export async function wrong(name: string): Promise<User> {
  return { name };
}

export function either(id: number): Promise<User>;
export function either(id: 0): Promise<User>;
export function either(id: number): Promise<User> {
  return byId(id);
}

export async function many(ids: readonly number[]): Promise<User[]> {
  return Promise.all(ids.map(byId));
}

export default many;

export const limit = 3;

export async function* each(ids: readonly number[]): AsyncGenerator<readonly [number, User]> {
  for (const id of ids) yield [id, await byId(id)];
}

export class Vault {
  async open(id: number): Promise<User> {
    const [user] = await this.openMany([id]);
    return user ?? byId(id);
  }

  private async openMany(ids: readonly number[]): Promise<User[]> {
    return many(ids);
  }
}

export async function takesNothing(): Promise<User[]> {
  return [];
}

export async function spread(...ids: readonly number[]): Promise<User[]> {
  return many(ids);
}

export async function takesAny(ids: any[]): Promise<User[]> {
  return many(ids);
}

export async function byNames(names: readonly string[]): Promise<User[]> {
  return names.map((name) => ({ name }));
}

export async function needsMore(ids: readonly number[], tenant: string): Promise<User[]> {
  return ids.map((id) => ({ name: `${tenant} ${id}` }));
}

export async function needsThis(this: { readonly tenant: string }, ids: readonly number[]): Promise<User[]> {
  return ids.map((id) => ({ name: `${this.tenant} ${id}` }));
}

export function overloaded(ids: readonly number[]): Promise<User[]>;
export function overloaded(id: number): Promise<User>;
export function overloaded(ids: number | readonly number[]): Promise<User | User[]> {
  return typeof ids === "number" ? byId(ids) : many(ids);
}

export async function byTuple(calls: readonly [locale: Locale, id: number][]): Promise<User[]> {
  return Promise.all(calls.map(([locale, id]) => load(id, locale)));
}

export async function byOtherName(
  calls: readonly { readonly userId: number; readonly locale: Locale; readonly isShort?: boolean }[],
): Promise<User[]> {
  return Promise.all(calls.map(({ userId, locale }) => load(userId, locale)));
}

export async function byOtherType(
  calls: readonly { readonly id: string; readonly locale: "en" | "de" }[],
): Promise<User[]> {
  return calls.map(({ id, locale }) => ({ name: id + locale }));
}

export async function withoutLocale(calls: readonly { readonly id: number }[]): Promise<User[]> {
  return Promise.all(calls.map(({ id }) => byId(id)));
}

export async function givesAny(ids: readonly number[]): Promise<any> {
  return many(ids);
}

export async function givesOne(ids: readonly number[]): Promise<User> {
  return byId(ids.length);
}

export async function givesOthers(ids: readonly number[]): Promise<(User | null)[]> {
  return ids.map((id) => (id === 0 ? null : { name: `${id}` }));
}

export async function otherKeys(ids: readonly number[]): Promise<Map<string, User>> {
  return new Map(ids.map((id) => [`${id}`, { name: `${id}` }]));
}
