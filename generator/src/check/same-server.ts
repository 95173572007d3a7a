import { findBackendScheme } from "@cachetory/runtime/schemes";
import type { BackendDeclaration, UrlTemplate } from "../model/declaration.ts";

/** Whether entries of two backends may lie in one place at run time. */
export type Sameness = "same" | "possible" | "different";

/**
 * What is known of it when generating. The memory of a backend is its own. Of two servers the host, the port and the
 * number of the database are compared, as far as the URLs name them; where variables leave a doubt, `distinct` decides.
 */
export function samenessOf(a: BackendDeclaration, b: BackendDeclaration): Sameness {
  if (a.name === b.name) return "same";
  const pairs = serversOf(a).flatMap((one) => serversOf(b).map((other) => compare(one, other)));
  if (pairs.includes("same")) return "same";
  return pairs.includes("possible") && !a.isDistinct && !b.isDistinct ? "possible" : "different";
}

/** Whether what it holds goes with the process, in production at least. */
export function isOfProcess({ url, schemes }: BackendDeclaration): boolean {
  return serverOf(url, schemes) === undefined;
}

/** Whether entries may lie on a server, which others may use too. */
export function mayBeServer(backend: BackendDeclaration): boolean {
  return serversOf(backend).length > 0;
}

/** What is `undefined` is not known. */
interface Server {
  /** All of the URL but its options; equal texts lead to one server. */
  readonly text: string;
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly database: string | undefined;
}

function compare(a: Server, b: Server): Sameness {
  if (a.text === b.text) return "same";
  const parts = [
    [a.host, b.host],
    [a.port, b.port],
    [a.database, b.database],
  ];
  if (parts.some(([ofA, ofB]) => ofA !== undefined && ofB !== undefined && ofA !== ofB)) return "different";
  return parts.every(([ofA, ofB]) => ofA !== undefined && ofB !== undefined) ? "same" : "possible";
}

/** The servers that more than one backend can use; memory is none. */
function serversOf({ url, development, schemes }: BackendDeclaration): readonly Server[] {
  return [serverOf(url, schemes), development && serverOf(development, undefined)].filter(
    (server) => server !== undefined,
  );
}

const variable = "\ue000";
const defaultPort = "6379";
const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "[::1]"]);

function serverOf({ parts }: UrlTemplate, schemes: readonly string[] | undefined): Server | undefined {
  const whole = parts.map((part) => (part.kind === "literal" ? part.text : variable + part.name + variable)).join("");
  const masked = parts.map((part) => (part.kind === "literal" ? part.text : variable)).join("");
  const [, scheme, authority = "", path = "", options = ""] =
    /^(?:([^:/?#]*):\/\/)?([^/?#]*)([^?#]*)(.*)$/s.exec(masked) ?? [];
  // Without a scheme, the URL begins with a variable that holds it.
  const isOpen = scheme === undefined || scheme.includes(variable);
  const named = isOpen ? (schemes ?? ["redis"]) : [scheme.toLowerCase()];
  if (!named.some((name) => findBackendScheme(name)?.isShared !== false)) return undefined;
  const text = whole.replace(/\?.*$/s, "");
  // Of other forms it is not known here what in them names the server.
  const isPlain = (scheme === undefined || /^rediss?$/i.test(scheme)) && !authority.includes(",");
  if (!isPlain || /[?&](?:db|path)=/.test(options)) {
    return { text, host: undefined, port: undefined, database: undefined };
  }
  const address = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
  const [, host = "", port = ""] = /^(.*?)(?::(\d+|\ue000))?$/s.exec(address) ?? [];
  const isHostOpen = host.includes(variable);
  const isPortOpen = port === variable || (port === "" && isHostOpen);
  return {
    text,
    host: isHostOpen ? undefined : loopback.has(host) ? "localhost" : host,
    port: isPortOpen ? undefined : port || defaultPort,
    // What stands last in a variable may be a path as well, unless one is written after it.
    database: databaseOf(path, isPortOpen),
  };
}

function databaseOf(path: string, isOpen: boolean): string | undefined {
  if (/^\/\d+$/.test(path)) return `${Number(path.slice(1))}`;
  return path.includes(variable) || isOpen ? undefined : "0";
}
