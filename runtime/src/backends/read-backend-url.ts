import { invalidOption } from "../checked-options.ts";
import { CachetoryError } from "../errors.ts";
import { redactUrl } from "../redact-url.ts";
import { type BackendAddress, readBackendAddress, splitBackendUrl } from "../schemes/backend-address.ts";
import { findBackendScheme } from "../schemes/backend-schemes.ts";
import { missingOptions, optionDefaults, readOptions } from "../schemes/read-options.ts";
import type { OptionValue } from "../schemes/scheme.ts";
import { urlText } from "./url-like.ts";

/** A URL of a built-in backend, read and checked. */
export interface ReadBackendUrl {
  readonly scheme: string;
  readonly address: BackendAddress;
  /** By their names in the URL, defaults filled in; durations are milliseconds. */
  readonly options: ReadonlyMap<string, OptionValue>;
}

/**
 * Reads the URL of a built-in backend.
 *
 * @param schemes - those that are allowed here
 * @throws CachetoryError `INVALID_URL`, `INVALID_OPTION`; messages show no password
 */
export function readBackendUrl(url: string | { readonly href: string }, ...schemes: readonly string[]): ReadBackendUrl {
  const text = urlText(url);
  const parts = splitBackendUrl(text);
  const scheme = findBackendScheme(parts?.scheme ?? "");
  const shown = redactUrl(text);
  if (parts === undefined || scheme === undefined || !schemes.includes(scheme.scheme)) {
    const begins = `${schemes.length > 1 ? "one of " : ""}${schemes.map((name) => `${name}://`).join(", ")}`;
    throw new CachetoryError("INVALID_URL", `Backend ${shown}: the URL must begin with ${begins} here.`);
  }
  const encode = "Characters such as / # ? @ % in a user or password must be percent-encoded.";
  if (parts.hasFragment) throw new CachetoryError("INVALID_URL", `Backend ${shown}: it has a "#". ${encode}`);
  const address = readBackendAddress(scheme, parts.address);
  if ("message" in address) {
    const hint = [address.hint, parts.address.includes("@") ? encode.slice(0, -1) : undefined]
      .filter(Boolean)
      .join(". ");
    throw new CachetoryError("INVALID_URL", `Backend ${shown}: ${address.message}. ${hint}.`);
  }
  const { values, problems } = readOptions(scheme.options, new URLSearchParams(parts.query ?? ""));
  const wrong = [...problems, ...missingOptions(scheme.options, values.keys())];
  // A password with a "?" in it would be shown as the name of an option.
  if (wrong.length > 0 && parts.query?.includes("@")) {
    throw new CachetoryError("INVALID_URL", `Backend ${shown}: there is an "@" behind its "?". ${encode}`);
  }
  if (wrong.length > 0) throw invalidOption(`Backend ${shown}`, wrong);
  return { scheme: scheme.scheme, address, options: new Map([...optionDefaults(scheme.options), ...values]) };
}
