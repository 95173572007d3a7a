import { ok, type Reply } from "./reply.ts";
import type { RespConnection } from "./resp-server.ts";

/** Who the server says it is, to who asks by HELLO and INFO. */
export interface ServerIdentity {
  readonly server: "redis" | "valkey";
  readonly version: string;
}

/** Answers what clients say before, between and after their commands; `undefined` for any other command. */
export function answerHandshake(
  name: string,
  args: readonly Buffer[],
  connection: RespConnection,
  identity: ServerIdentity,
): Reply | undefined {
  switch (name) {
    case "HELLO":
      return hello(args, connection, identity);
    case "AUTH":
    case "SELECT":
    case "READONLY":
      return ok;
    case "PING":
      return args[0] ?? { status: "PONG" };
    case "QUIT":
      connection.close();
      return ok;
    case "INFO":
      return info(identity);
    case "CLIENT":
      return client(args, connection);
    default:
      return undefined;
  }
}

function hello(args: readonly Buffer[], connection: RespConnection, { server, version }: ServerIdentity): Reply {
  const protocol = Number(String(args[0] ?? connection.protocol));
  if (protocol !== 2 && protocol !== 3) return new Error("NOPROTO unsupported protocol version");
  connection.protocol = protocol;
  return new Map<string, Reply>([
    ["server", server],
    ["version", version],
    ["proto", protocol],
    ["id", connection.id],
    ["mode", "standalone"],
    ["role", "master"],
    ["modules", []],
  ]);
}

function client(args: readonly Buffer[], connection: RespConnection): Reply {
  const verb = String(args[0]).toUpperCase();
  if (verb === "ID") return connection.id;
  if (verb === "SETINFO" || verb === "SETNAME" || verb === "NO-EVICT" || verb === "NO-TOUCH") return ok;
  return new Error(`unknown subcommand '${verb}'`);
}

// A Valkey tells the version of Redis that it is compatible with, too.
function info({ server, version }: ServerIdentity): string {
  const versions =
    server === "redis"
      ? [`redis_version:${version}`]
      : ["redis_version:7.2.4", "server_name:valkey", `valkey_version:${version}`];
  return ["# Server", ...versions, "redis_mode:standalone", "loading:0", "# Replication", "role:master", ""].join(
    "\r\n",
  );
}
