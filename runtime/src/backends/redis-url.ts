import { CachetoryError } from "../errors.ts";
import { messageOf } from "../message-of.ts";
import type { ReadBackendUrl } from "./read-backend-url.ts";
import type { RedisConnectionOptions, RedisTlsOptions } from "./redis-options.ts";

/** Schemes of one server, of a Cluster, of sentinels and of a unix socket. */
export const redisUrlSchemes = [
  "redis",
  "rediss",
  "redis+cluster",
  "rediss+cluster",
  "redis+sentinel",
  "rediss+sentinel",
  "redis+unix",
] as const;

/**
 * What the URL of a Redis says. Files of certificates are read.
 *
 * @throws CachetoryError `INVALID_OPTION` for a file that cannot be read
 */
export function redisConnectionOptions({ scheme, address, options }: ReadBackendUrl): RedisConnectionOptions {
  // The kinds of the options are those of the table in schemes/backend-schemes.ts.
  const text = (name: string): string | undefined => options.get(name) as string | undefined;
  const number = (name: string): number | undefined => (options.has(name) ? Number(options.get(name)) : undefined);
  return {
    ...place({ scheme, address, options }),
    username: address.username ?? text("username"),
    password: address.password ?? text("password"),
    db: address.db ?? number("db"),
    tls: scheme.startsWith("rediss") ? tlsOptions(text) : undefined,
    clientName: text("client-name"),
    family: number("family") as 0 | 4 | 6 | undefined,
    keepAliveMs: number("keep-alive"),
    noDelay: options.get("no-delay") as boolean | undefined,
    protocol: number("protocol") as 2 | 3 | undefined,
    connectTimeoutMs: number("connect-timeout"),
    readTimeoutMs: number("read-timeout"),
    commandTimeoutMs: number("command-timeout"),
    breakerFailures: number("breaker-failures"),
    breakerPauseMs: number("breaker-pause"),
    maxWaiting: number("max-waiting"),
    heartbeatMs: number("heartbeat"),
    heartbeatTimeoutMs: number("heartbeat-timeout"),
    coalesceReads: options.get("coalesce-reads") as boolean | undefined,
  };
}

function place({ scheme, address, options }: ReadBackendUrl): RedisConnectionOptions {
  const { hosts, path } = address;
  if (scheme === "redis+unix") return { path };
  if (scheme.endsWith("+cluster")) return { cluster: hosts };
  if (scheme.endsWith("+sentinel")) {
    return {
      sentinel: {
        addresses: hosts,
        // Required by the table of the schemes.
        master: String(options.get("master")),
        username: options.get("sentinel-username") as string | undefined,
        password: options.get("sentinel-password") as string | undefined,
      },
    };
  }
  const [host] = hosts;
  return { host: host?.host || undefined, port: host?.port };
}

function tlsOptions(text: (name: string) => string | undefined): RedisTlsOptions {
  return {
    ca: fileOf("tls-ca", text),
    cert: fileOf("tls-cert", text),
    key: fileOf("tls-key", text),
    serverName: text("tls-server-name"),
  };
}

function fileOf(option: string, text: (name: string) => string | undefined): string | undefined {
  const path = text(option);
  if (path === undefined) return undefined;
  try {
    // Loaded with the first certificate: importing the runtime shall not wait for it.
    return process.getBuiltinModule("node:fs").readFileSync(path, "utf8");
  } catch (cause) {
    const reason = messageOf(cause);
    throw new CachetoryError("INVALID_OPTION", `The file of ${option} cannot be read: ${reason}.`, { cause });
  }
}
