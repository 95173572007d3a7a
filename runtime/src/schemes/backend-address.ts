import type { BackendScheme, Problem } from "./scheme.ts";

/** `scheme://address?query`, taken apart and no more: everything is as written. */
export interface BackendUrlParts {
  /** In small letters, without `://`. */
  readonly scheme: string;
  /** User, hosts and path. */
  readonly address: string;
  /** Without the `?`; absent where there is none. */
  readonly query: string | undefined;
  readonly hasFragment: boolean;
}

export interface HostAndPort {
  /** An IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number | undefined;
}

/** What an address says, decoded. */
export interface BackendAddress {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly hosts: readonly HostAndPort[];
  /** Number of the database that the path is; `undefined` where it is none. */
  readonly db: number | undefined;
  /** With its `/`; empty where there is none. */
  readonly path: string;
}

/** `undefined` where the text begins with no scheme. */
export function splitBackendUrl(text: string): BackendUrlParts | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^?#]*)(?:\?([^#]*))?(#)?/is.exec(text);
  if (match === null) return undefined;
  const [, scheme = "", address = "", query, fragment] = match;
  return { scheme: scheme.toLowerCase(), address, query, hasFragment: fragment !== undefined };
}

/**
 * Reads the address of a backend's URL as its scheme wants it. `new URL` knows neither lists of hosts nor a user before a
 * path without host. A result with a `message` is a {@link Problem}; it shows nothing of the address.
 */
export function readBackendAddress(
  { scheme, address: form }: Pick<BackendScheme, "scheme" | "address">,
  text: string,
): BackendAddress | Problem {
  const hint = `For example: ${examples[form](scheme)}`;
  if (form === "none") {
    if (text === "" || text === "/") return nowhere;
    return {
      message: `${scheme}:// takes options alone`,
      hint: `Write ${scheme}:// and options alone, as in ${scheme}://?name=value`,
    };
  }
  const [, user, hostList = "", path = ""] = /^(?:([^/]*)@)?([^/@]*)(\/.*)?$/s.exec(text) ?? [];
  const [username, password] = credentials(user);
  const hosts = hostList === "" ? [] : hostList.split(",").map(hostAndPort);
  const isListed = hosts.every((host) => host !== null && (host.host !== "" || hosts.length === 1));
  if (username === null || password === null || !isListed) {
    return { message: "the address in the URL is malformed", hint };
  }
  const read: BackendAddress = {
    username,
    password,
    hosts: hosts.filter((host) => host !== null),
    path,
    db: undefined,
  };
  if (form === "path") {
    if (hosts.length > 0) return { message: `${scheme}:// takes a path and no host`, hint };
    const decoded = decode(path);
    if (decoded === null || decoded === "" || decoded === "/")
      return { message: "the path of the socket is missing", hint };
    return { ...read, path: decoded };
  }
  if (form === "host" && hosts.length > 1) return { message: `${scheme}:// takes one host`, hint };
  if (form === "hosts" && hosts.length === 0) return { message: `${scheme}:// needs at least one host`, hint };
  const [, db] = /^(?:\/(\d{0,9}))?$/.exec(path) ?? [undefined, null];
  if (db === null) return { message: `the path of a ${scheme}:// URL must be the number of a database`, hint };
  if (Number(db ?? 0) !== 0 && scheme.endsWith("+cluster")) {
    return { message: "a Redis Cluster has the database 0 alone", hint };
  }
  return { ...read, db: db === undefined || db === "" ? undefined : Number(db) };
}

const nowhere: BackendAddress = { username: undefined, password: undefined, hosts: [], db: undefined, path: "" };

const examples: Readonly<Record<BackendScheme["address"], (scheme: string) => string>> = {
  none: (scheme) => `${scheme}://`,
  host: (scheme) => `${scheme}://localhost:6379/0`,
  hosts: (scheme) => `${scheme}://one:${scheme.endsWith("+sentinel") ? "26379" : "6379"},two`,
  path: (scheme) => `${scheme}:///run/redis/redis.sock`,
};

/** `null` for what cannot be decoded. */
function credentials(user: string | undefined): readonly (string | undefined | null)[] {
  if (user === undefined) return [undefined, undefined];
  const colon = user.indexOf(":");
  const texts = colon === -1 ? [user, ""] : [user.slice(0, colon), user.slice(colon + 1)];
  return texts.map((text) => (text === "" ? undefined : decode(text)));
}

function hostAndPort(text: string): HostAndPort | null {
  const [, bracketed, plain, port] =
    /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]\\^|"<>`{}&=;]*))(?::(\d{0,5}))?$/i.exec(text) ?? [];
  const host = bracketed ?? (plain === undefined ? null : decode(plain));
  if (host === null || Number(port ?? 0) > 65_535) return null;
  return { host, port: port === undefined || port === "" ? undefined : Number(port) };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
