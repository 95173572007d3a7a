import type { AddressForm, BackendScheme, OptionSpecs } from "./scheme.ts";

// A command that waits longer than this is no cache any more; Node's timers end at 2^31 - 1 anyway.
const longestTimeoutMs = 3_600_000;

// Sorted as the reference tells them.
const connectionOptions: OptionSpecs = {
  "read-timeout": {
    kind: "duration",
    default: "50ms",
    min: 1,
    max: longestTimeoutMs,
    description: "How long a read may take: then it is a miss. It grows with the number and the size of values.",
  },
  "command-timeout": {
    kind: "duration",
    default: "1s",
    min: 1,
    max: longestTimeoutMs,
    description: "How long any other command may take: then a write rejects.",
  },
  "connect-timeout": {
    kind: "duration",
    default: "1s",
    min: 1,
    max: longestTimeoutMs,
    description: "How long connecting may take.",
  },
  "breaker-failures": {
    kind: "integer",
    default: "3",
    min: 0,
    max: 1_000_000,
    description: "After so many failures in a row a server is left alone: reads of it are misses at once. 0: never.",
  },
  "breaker-pause": {
    kind: "duration",
    default: "100ms",
    min: 1,
    max: longestTimeoutMs,
    description: "For how long, at most, before one read tries.",
  },
  "client-name": { kind: "text", description: "Name of the connection, as CLIENT LIST shows it; without spaces." },
  "coalesce-reads": {
    kind: "boolean",
    default: "true",
    description:
      "Whether single reads of one turn of the event loop leave together, as MGET, at its end at the latest.",
  },
  family: {
    kind: "choice",
    choices: ["4", "6", "0"],
    description: "Address family that the host name is looked up in: IPv4, IPv6, or either (0).",
  },
  heartbeat: {
    kind: "duration",
    default: "1s",
    min: 1,
    max: longestTimeoutMs,
    description: "How often the connection that tells near layers of changes is asked whether it lives.",
  },
  "heartbeat-timeout": {
    kind: "duration",
    default: "1s",
    min: 1,
    max: longestTimeoutMs,
    description: "How long its answer may take; then near layers are empty until there is another connection.",
  },
  "keep-alive": {
    kind: "duration",
    max: longestTimeoutMs,
    description: "Idle time of the connection before the first TCP keep-alive probe.",
  },
  "no-delay": { kind: "boolean", description: "Whether small packets are sent at once (TCP_NODELAY)." },
  "max-waiting": {
    kind: "integer",
    default: "1000",
    min: 0,
    max: 1_000_000,
    description: "How many commands may wait for a connection; more fail at once.",
  },
  protocol: { kind: "choice", choices: ["2", "3"], description: "Version of the Redis protocol (RESP)." },
};

const tlsOptions: OptionSpecs = {
  "tls-ca": { kind: "text", description: "File of the certificates (PEM) that the server's is signed with." },
  "tls-cert": { kind: "text", description: "File of the client's own certificate (PEM); goes with tls-key." },
  "tls-key": { kind: "text", description: "File of the key (PEM) of the client's certificate." },
  "tls-server-name": { kind: "text", description: "Name that the server's certificate must have. Default the host." },
};

const unixOptions: OptionSpecs = {
  db: { kind: "integer", default: "0", min: 0, max: 1_000_000_000, description: "Number of the database." },
  password: { kind: "text", description: "Password, where it does not stand before the path." },
  username: { kind: "text", description: "Name of the user, where it does not stand before the path." },
};

const sentinelOptions: OptionSpecs = {
  master: {
    kind: "text",
    isRequired: true,
    description: "Name of the group of servers, as the sentinels know it.",
  },
  "sentinel-password": { kind: "text", description: "Password for the sentinels themselves." },
  "sentinel-username": { kind: "text", description: "Name of the user for the sentinels themselves." },
};

/** A server, or servers, that speak the protocol of Redis. Several hosts are those of a Cluster, or sentinels. */
function redisScheme(scheme: string, address: AddressForm, options: OptionSpecs): BackendScheme {
  return {
    scheme,
    holds: ["text", "bytes"],
    isShared: true,
    hasReplicas: address === "hosts",
    address,
    options: { ...connectionOptions, ...options },
    package: "ioredis",
  };
}

/** Every backend that a URL can name. Sorted by scheme. */
export const backendSchemes: readonly BackendScheme[] = [
  { scheme: "dummy", holds: ["value", "text", "bytes"], isShared: false, address: "none", options: {} },
  {
    scheme: "memory",
    holds: ["value", "text", "bytes"],
    isShared: false,
    isLocal: true,
    address: "none",
    options: {
      "max-entries": {
        kind: "integer",
        default: "10000",
        min: 1,
        max: 10_000_000,
        description: "How many entries are kept; one that was not used of late goes first.",
      },
      "max-bytes": {
        kind: "size",
        default: "64mb",
        min: 1,
        description: "How many bytes of keys and values are kept; one that was not used of late goes first.",
      },
    },
  },
  redisScheme("redis", "host", {}),
  redisScheme("redis+cluster", "hosts", {}),
  redisScheme("redis+sentinel", "hosts", sentinelOptions),
  redisScheme("redis+unix", "path", unixOptions),
  redisScheme("rediss", "host", tlsOptions),
  redisScheme("rediss+cluster", "hosts", tlsOptions),
  redisScheme("rediss+sentinel", "hosts", { ...sentinelOptions, ...tlsOptions }),
];

/** The backend that a URL scheme names. */
export function findBackendScheme(scheme: string): BackendScheme | undefined {
  return backendSchemes.find((known) => known.scheme === scheme);
}
