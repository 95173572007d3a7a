import type { BackendScheme, OptionSpecs } from "./scheme.ts";

// A command that waits longer than this is no cache any more; Node's timers end at 2^31 - 1 anyway.
const longestTimeoutMs = 3_600_000;

const redisOptions: OptionSpecs = {
  "command-timeout": {
    kind: "duration",
    default: "1s",
    min: 1,
    max: longestTimeoutMs,
    description: "How long one command may take: then a read is a miss, and a write rejects.",
  },
  "connect-timeout": {
    kind: "duration",
    default: "1s",
    min: 1,
    max: longestTimeoutMs,
    description: "How long connecting may take.",
  },
  "client-name": { kind: "text", description: "Name of the connection, as CLIENT LIST shows it." },
  family: {
    kind: "choice",
    choices: ["4", "6", "0"],
    description: "Address family that the host name is looked up in: IPv4, IPv6, or either (0).",
  },
  "keep-alive": {
    kind: "duration",
    max: longestTimeoutMs,
    description: "Idle time of the connection before the first TCP keep-alive probe.",
  },
  "no-delay": { kind: "boolean", description: "Whether small packets are sent at once (TCP_NODELAY)." },
  protocol: { kind: "choice", choices: ["2", "3"], description: "Version of the Redis protocol (RESP)." },
};

/** Every backend that a URL can name. Sorted by scheme. */
export const backendSchemes: readonly BackendScheme[] = [
  { scheme: "dummy", holds: ["value", "text", "bytes"], isShared: false, hasAddress: false, options: {} },
  {
    scheme: "memory",
    holds: ["value", "text", "bytes"],
    isShared: false,
    hasAddress: false,
    options: {
      "max-entries": {
        kind: "integer",
        default: "10000",
        min: 1,
        max: 10_000_000,
        description: "How many entries are kept; the least recently used one goes first.",
      },
      "max-bytes": {
        kind: "size",
        default: "64mb",
        min: 1,
        description: "How many bytes of keys and values are kept; the least recently used one goes first.",
      },
    },
  },
  {
    scheme: "redis",
    holds: ["text", "bytes"],
    isShared: true,
    hasAddress: true,
    options: redisOptions,
    package: "ioredis",
  },
  {
    scheme: "rediss",
    holds: ["text", "bytes"],
    isShared: true,
    hasAddress: true,
    options: redisOptions,
    package: "ioredis",
  },
];

/** The backend that a URL scheme names. */
export function findBackendScheme(scheme: string): BackendScheme | undefined {
  return backendSchemes.find((known) => known.scheme === scheme);
}
