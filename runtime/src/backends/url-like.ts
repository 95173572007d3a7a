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
