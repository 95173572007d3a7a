/**
 * What may be shown of a URL: scheme, host, port and path. User, password and options stay out, for any of them can
 * be a secret; so does everything of a text that is no URL, but its scheme.
 */
export function redactUrl(text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return "(no URL)";
  if (!URL.canParse(text)) return `${scheme}://...`;
  const { host, pathname } = new URL(text);
  return `${scheme}://${host}${pathname}`;
}
