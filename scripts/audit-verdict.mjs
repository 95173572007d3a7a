/** What npm has printed: a report, or why there is none. */
export function verdictOf(output) {
  const { metadata, vulnerabilities = {}, message, error } = parsed(output) ?? {};
  const counts = metadata?.vulnerabilities;
  if (counts === undefined) return { kind: "unknown", reason: message ?? error?.summary ?? "no report" };
  const lines = Object.values(vulnerabilities).map(({ name, severity, range }) => `${severity}: ${name} ${range}`);
  const text = [`${counts.total} known vulnerabilities in what users install.`, ...lines].join("\n");
  return { kind: (counts.high ?? 0) + (counts.critical ?? 0) > 0 ? "refused" : "passed", text };
}

/** Warnings stand before the JSON, and may stand behind it. */
function parsed(output) {
  try {
    return JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
  } catch {
    return undefined;
  }
}
