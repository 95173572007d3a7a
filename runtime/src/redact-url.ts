/** Several hosts, which `URL` does not know; only where nothing of it can be a piece of a password. */
const hostList = /^[^:/]*:\/\/(?:[^/?#]*@)?([\w.-]+(?::\d+)?(?:,[\w.-]+(?::\d+)?)+)\/?\d*(?:\?.*)?$/s;

/**
 * What may be shown of a URL: scheme, host, port and path. User, password and options stay out, for any of them can
 * be a secret; so does everything of a text that is no URL, but its scheme.
 */
export function redactUrl(text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return "(no URL)";
  // What stands before an "@" may be a password with a character that is not encoded, which ends where a URL has its path.
  if (/^[^:]*:\/\/[^/?#]*[/?#].*@/s.test(text)) return `${scheme}://...`;
  if (!URL.canParse(text)) return `${scheme}://${hostList.exec(text)?.[1] ?? "..."}`;
  const { host, pathname } = new URL(text);
  // An option that comes behind no "?" is taken for a piece of either.
  return `${scheme}://${`${host}${pathname}`.replace(/=.*$/s, "=...")}`;
}
