import { CachetoryError } from "../errors.ts";
import { nearest } from "../schemes/nearest.ts";
import type { Backend } from "./backend.ts";
import { DummyBackend } from "./dummy.ts";
import { MemoryBackend } from "./memory.ts";
import { parseUrl } from "./parse-url.ts";
import { RedisBackend } from "./redis.ts";
import type { UrlLike } from "./url-like.ts";

/** Makes a backend of a URL, without connecting to anything yet. */
export type BackendFactory = (url: UrlLike) => Backend;

const factories = new Map<string, BackendFactory>([
  ["dummy", (url) => DummyBackend.fromUrl(url)],
  ["memory", (url) => MemoryBackend.fromUrl(url)],
  ["redis", (url) => RedisBackend.fromUrl(url)],
  ["rediss", (url) => RedisBackend.fromUrl(url)],
]);

/**
 * The backend that a URL describes. Options are in kebab-case: `memory://?max-entries=1000&max-bytes=16mb`.
 * Nothing is connected to before the first use.
 *
 * @throws CachetoryError `INVALID_URL`, `UNKNOWN_SCHEME`, `INVALID_OPTION`; messages show no password
 */
export function backendFromUrl(url: string | UrlLike): Backend {
  const text = typeof url === "string" ? url : url.href;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const known = [...factories.keys()].sort().map((name) => `${name}://`);
    throw new CachetoryError("INVALID_URL", `A backend is given as a URL that begins with ${known.join(", ")}.`);
  }
  const factory = factories.get(scheme);
  if (factory === undefined) throw unknownScheme(scheme);
  return factory(parseUrl(text));
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
  if (factories.has(scheme)) {
    throw new CachetoryError("INVALID_OPTION", `There is a backend "${scheme}" already. Choose another name.`);
  }
  factories.set(scheme, factory);
}

function unknownScheme(scheme: string): CachetoryError {
  const known = [...factories.keys()].sort();
  const near = nearest(scheme, known);
  const guess = near === undefined ? "" : ` Did you mean "${near}"?`;
  return new CachetoryError("UNKNOWN_SCHEME", `Unknown backend "${scheme}".${guess} Known: ${known.join(", ")}.`);
}
