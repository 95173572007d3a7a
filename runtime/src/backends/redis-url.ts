import { CachetoryError } from "../errors.ts";
import type { OptionValue } from "../schemes/scheme.ts";
import type { RedisConnectionOptions } from "./redis-connection.ts";
import type { UrlLike } from "./url-like.ts";

/**
 * What a `redis:` or `rediss:` URL says, its options already read.
 *
 * @throws CachetoryError `INVALID_URL` where the path is no number of a database
 */
export function redisConnectionOptions(
  url: UrlLike,
  options: ReadonlyMap<string, OptionValue>,
): RedisConnectionOptions {
  return {
    // An IPv6 address stands in brackets in a URL only.
    host: url.hostname.replace(/^\[(.*)\]$/, "$1") || undefined,
    port: url.port === "" ? undefined : Number(url.port),
    username: decodeURIComponent(url.username) || undefined,
    password: decodeURIComponent(url.password) || undefined,
    db: databaseOf(url.pathname),
    tls: url.protocol === "rediss:",
    // The kinds of the options are those of the table in schemes/backend-schemes.ts.
    clientName: options.get("client-name") as string | undefined,
    family: numberOf(options.get("family")) as 0 | 4 | 6 | undefined,
    keepAliveMs: options.get("keep-alive") as number | undefined,
    noDelay: options.get("no-delay") as boolean | undefined,
    protocol: numberOf(options.get("protocol")) as 2 | 3 | undefined,
    connectTimeoutMs: options.get("connect-timeout") as number | undefined,
    commandTimeoutMs: options.get("command-timeout") as number | undefined,
  };
}

function databaseOf(path: string): number | undefined {
  if (path === "" || path === "/") return undefined;
  if (/^\/\d{1,9}$/.test(path)) return Number(path.slice(1));
  throw new CachetoryError(
    "INVALID_URL",
    `The path of a Redis URL is the number of a database, as in /2, not ${path}.`,
  );
}

function numberOf(choice: OptionValue | undefined): number | undefined {
  return choice === undefined ? undefined : Number(choice);
}
