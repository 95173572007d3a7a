import { CachetoryError } from "../errors.ts";
import { redactUrl } from "../redact-url.ts";
import type { UrlLike } from "./url-like.ts";

/** @throws CachetoryError `INVALID_URL`; the message shows no password */
export function parseUrl(text: string): UrlLike {
  if (URL.canParse(text)) return new URL(text);
  const hint = "Characters such as / # ? @ in a user or password must be percent-encoded.";
  throw new CachetoryError("INVALID_URL", `Backend ${redactUrl(text)}: this is no valid URL. ${hint}`);
}

/**
 * The URL that one kind of backend is made of.
 *
 * @throws CachetoryError `INVALID_URL` also for another scheme
 */
export function urlOfScheme(url: string | UrlLike, ...schemes: readonly string[]): UrlLike {
  const text = typeof url === "string" ? url : url.href;
  const written = schemes.map((scheme) => `${scheme}://`);
  if (written.some((start) => text.toLowerCase().startsWith(start))) return parseUrl(text);
  throw new CachetoryError(
    "INVALID_URL",
    `Backend ${redactUrl(text)}: the URL must begin with ${written.join(" or ")} here.`,
  );
}
