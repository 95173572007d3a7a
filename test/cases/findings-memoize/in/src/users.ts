export interface User {
  readonly name: string;
}

type Locale = "en" | "nl";

async function hidden(id: number, locale: Locale): Promise<User> {
  return { name: `${id} ${locale}` };
}

export default hidden;

export class Users {
  static load = hidden;
}

export const limit = 3;

export async function* each(id: number, locale: Locale): AsyncGenerator<User> {
  yield hidden(id, locale);
}

export async function wrongType(id: string, locale: string): Promise<User> {
  return { name: `${id} ${locale}` };
}

export async function optional(id: number, locale: Locale = "en"): Promise<User> {
  return hidden(id, locale);
}

export async function unnamed(userId: number, locale: Locale): Promise<User> {
  return hidden(userId, locale);
}

export async function unused(id: number, locale: Locale, isShort: boolean): Promise<User> {
  return hidden(isShort ? id : 0, locale);
}

export async function byOptions(options: { readonly id?: number; readonly locale: Locale }): Promise<User> {
  return hidden(options.id ?? 0, options.locale);
}

export async function anyResult(id: number, locale: Locale): Promise<any> {
  return hidden(id, locale);
}

export async function otherResult(id: number, locale: Locale): Promise<User | null> {
  return id === 0 ? null : hidden(id, locale);
}

export async function narrower(id: number, locale: Locale): Promise<User & { readonly age: number }> {
  return { ...(await hidden(id, locale)), age: 3 };
}

export function overloaded(id: number, locale: Locale): Promise<User>;
export function overloaded(locale: Locale, id: number): Promise<User>;
export function overloaded(first: number | Locale, second: number | Locale): Promise<User> {
  return typeof first === "number" ? hidden(first, second as Locale) : hidden(second as number, first);
}

export async function promise(): Promise<number> {
  return 1;
}

export async function ofThis(this: { readonly tenant: string }, id: number, locale: Locale): Promise<User> {
  return hidden(id, locale === "en" ? locale : "nl").then(({ name }) => ({ name: this.tenant + name }));
}

export async function pair([id]: readonly [number], { locale, ...others }: { locale: Locale; a?: 1 }): Promise<User> {
  return hidden(id + (others.a ?? 0), locale);
}

export async function sound(name: string): Promise<User> {
  return { name };
}

export async function unkeyed(
  filter: unknown,
  done: () => void,
  id: bigint | number,
  at?: Date,
): Promise<User | undefined> {
  done();
  return filter === at ? undefined : { name: `${id}` };
}

export async function optionalOne(id: number = 3): Promise<User> {
  return { name: `${id}` };
}

export async function anything(id: number): Promise<any> {
  return id;
}

export async function nothing(id: number): Promise<void> {
  await hidden(id, "nl");
}

export class Vault {
  private async open(id: number): Promise<User> {
    return { name: `${id}` };
  }

  look(locale: Locale): Promise<User> {
    return this.open(locale.length);
  }
}

export function nested(id: number, locale: Locale): Promise<Promise<User>> {
  return Promise.resolve(Promise.resolve({ name: `${id} ${locale}` }));
}
