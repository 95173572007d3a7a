import { invalidOption } from "../checked-options.ts";
import { CachetoryError } from "../errors.ts";
import { redactUrl } from "../redact-url.ts";
import { findBackendScheme } from "../schemes/backend-schemes.ts";
import { optionDefaults, readOptions } from "../schemes/read-options.ts";
import type { OptionValue } from "../schemes/scheme.ts";
import type { UrlLike } from "./url-like.ts";

/**
 * The options of the URL of a built-in backend, by their names in the URL: checked, converted (durations are
 * milliseconds), defaults filled in.
 *
 * @throws CachetoryError `INVALID_OPTION`, `INVALID_URL` where an address follows a scheme that has none
 */
export function urlOptions(url: UrlLike): ReadonlyMap<string, OptionValue> {
  const scheme = findBackendScheme(url.protocol.slice(0, -1));
  if (scheme === undefined) throw new CachetoryError("UNKNOWN_SCHEME", `There is no backend "${url.protocol}//".`);
  const shown = redactUrl(url.href);
  if (!scheme.hasAddress && (url.host !== "" || url.username !== "" || !["", "/"].includes(url.pathname))) {
    const form = `Write ${scheme.scheme}:// and options alone, as in ${scheme.scheme}://?name=value`;
    throw new CachetoryError("INVALID_URL", `Backend ${shown}: ${scheme.scheme} has no host and no path. ${form}.`);
  }
  const { values, problems } = readOptions(scheme.options, url.searchParams);
  if (problems.length > 0) throw invalidOption(`Backend ${shown}`, problems);
  return new Map([...optionDefaults(scheme.options), ...values]);
}
