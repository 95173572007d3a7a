import { backendFromUrl } from "@cachetory/runtime";
import { findBackendScheme } from "@cachetory/runtime/schemes";
import { redactUrl } from "../emit/redact-url.ts";
import type { Host } from "../host.ts";
import { messageOf } from "../message-of.ts";
import type { BackendDeclaration } from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { backendUrlOf } from "./backend-url-of.ts";

export interface StoredEntry {
  readonly bytes: Uint8Array;
  readonly ttlMs: number | "forever";
  /** Without its password. */
  readonly url: string;
}

/**
 * What a backend holds under a key. Waits no longer than the URL says; the connection is closed before it answers.
 *
 * @param given - the URL of another server than the declared one
 */
export async function readEntry(
  key: string,
  cache: string,
  backend: BackendDeclaration,
  given: string | undefined,
  env: Host["env"],
): Promise<StoredEntry | Diagnostic> {
  const found = given === undefined ? backendUrlOf(backend, env) : { url: given };
  if ("problem" in found) return unavailable(found.problem, "Set it, or name a server with --url");
  const { url } = found;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase() ?? "";
  if (findBackendScheme(scheme)?.isShared === false) {
    const message = `the entries of "${backend.name}" are in the memory of each process (${scheme}://), and no other one can read them`;
    return unavailable(message, "Name a server with --url, if they are on one elsewhere");
  }
  try {
    const { bytes, ttlMs } = await readFrom(url, key);
    if (bytes instanceof Uint8Array && ttlMs !== undefined) return { bytes, ttlMs, url: redactUrl(url) };
    if (ttlMs === undefined) return errorAt("C4003", undefined, `no entry of ${cache} has the key ${key}`);
    return errorAt("C4003", undefined, `under the key ${key} is something that is no entry, such as a list`);
  } catch (error) {
    const reason = messageOf(error).replace(/\.$/, "");
    return unavailable(`the backend "${backend.name}" cannot be read: ${reason}`, "Name another server with --url");
  }
}

async function readFrom(url: string, key: string): Promise<{ bytes: unknown; ttlMs: number | "forever" | undefined }> {
  // Without `await using`, which the oldest Node that runs this does not know.
  const server = backendFromUrl(url);
  try {
    return { bytes: await server.get(key, "bytes"), ttlMs: await server.ttl(key) };
  } finally {
    await server.close();
  }
}

function unavailable(message: string, hint: string): Diagnostic {
  return errorAt("C4004", undefined, message, hint);
}
