import { CachetoryError } from "../errors.ts";
import { backendSchemes } from "../schemes/backend-schemes.ts";
import { nearest } from "../schemes/nearest.ts";
import type { Backend } from "./backend.ts";
import { DummyBackend } from "./dummy.ts";
import { MemoryBackend } from "./memory.ts";
import { parseUrl } from "./parse-url.ts";
import { RedisBackend } from "./redis.ts";
import { type UrlLike, urlText } from "./url-like.ts";

/** Makes a backend of a URL, without connecting to anything yet. */
export type BackendFactory = (url: UrlLike) => Backend;

const registered = new Map<string, BackendFactory>();

/**
 * The backend that a URL describes. Options are in kebab-case: `memory://?max-entries=1000&max-bytes=16mb`.
 * Nothing is connected to before the first use, and backends of one Redis URL share one connection, which is closed with
 * the last of them.
 *
 * @throws CachetoryError `INVALID_URL`, `UNKNOWN_SCHEME`, `INVALID_OPTION`; messages show no password
 */
export function backendFromUrl(url: string | UrlLike): Backend {
  const text = urlText(url);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const known = knownSchemes().map((name) => `${name}://`);
    throw new CachetoryError("INVALID_URL", `A backend is given as a URL that begins with ${known.join(", ")}.`);
  }
  const factory = registered.get(scheme);
  if (factory !== undefined) return factory(parseUrl(text));
  if (scheme === "memory") return MemoryBackend.fromUrl(text);
  if (scheme === "dummy") return DummyBackend.fromUrl(text);
  if (isBuiltIn(scheme)) return RedisBackend.fromUrl(text);
  throw unknownScheme(scheme);
}

/**
 * Makes a scheme of one's own known to {@link backendFromUrl}.
 *
 * @throws CachetoryError `INVALID_OPTION` where the scheme is no name or is taken
 */
export function registerBackend(scheme: string, factory: BackendFactory): void {
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) {
    const hint = "Write small letters, digits and + . -, a letter first.";
    throw new CachetoryError("INVALID_OPTION", `"${scheme}" is no name for a backend. ${hint}`);
  }
  if (registered.has(scheme) || isBuiltIn(scheme)) {
    throw new CachetoryError("INVALID_OPTION", `There is a backend "${scheme}" already. Choose another name.`);
  }
  registered.set(scheme, factory);
}

function isBuiltIn(scheme: string): boolean {
  return backendSchemes.some((known) => known.scheme === scheme);
}

function knownSchemes(): string[] {
  return [...backendSchemes.map(({ scheme }) => scheme), ...registered.keys()].sort();
}

function unknownScheme(scheme: string): CachetoryError {
  const known = knownSchemes();
  const near = nearest(scheme, known);
  const guess = near === undefined ? "" : ` Did you mean "${near}"?`;
  return new CachetoryError("UNKNOWN_SCHEME", `Unknown backend "${scheme}".${guess} Known: ${known.join(", ")}.`);
}
