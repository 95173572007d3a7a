import { CachetoryError } from "../errors.ts";
import { redactUrl } from "../redact-url.ts";
import type { UrlLike } from "./url-like.ts";

/** @throws CachetoryError `INVALID_URL`; the message shows no password */
export function parseUrl(text: string): UrlLike {
  if (URL.canParse(text)) return new URL(text);
  const hint = "Characters such as / # ? @ % in a user or password must be percent-encoded.";
  throw new CachetoryError("INVALID_URL", `Backend ${redactUrl(text)}: this is no valid URL. ${hint}`);
}
