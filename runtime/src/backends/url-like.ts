import { CachetoryError } from "../errors.ts";

/** What is used of a `URL`; spelt out so that the declarations need neither DOM nor Node types. */
export interface UrlLike {
  readonly href: string;
  /** With its colon. */
  readonly protocol: string;
  /** Percent-encoded, as is the password. */
  readonly username: string;
  readonly password: string;
  /** Host and port. */
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly searchParams: Iterable<[name: string, value: string]> & { get(name: string): string | null };
}

/**
 * The text of a URL that somebody has given.
 *
 * @throws CachetoryError `INVALID_URL` for what is no URL at all, such as a variable of the environment that is not set
 */
export function urlText(url: string | Pick<UrlLike, "href">): string {
  const text: unknown = typeof url === "string" ? url : url?.href;
  if (typeof text === "string") return text;
  const what =
    url === undefined
      ? "undefined. Is a variable of the environment not set"
      : `${url === null ? "null" : typeof url}. Is it the right one`;
  throw new CachetoryError(
    "INVALID_URL",
    `A backend needs a URL, such as redis://localhost:6379 or memory://, but was given ${what}?`,
  );
}
