import type { Host } from "../../host.ts";
import { reportEntry } from "../../inspect/entry-report.ts";
import { keyFor } from "../../inspect/given-key.ts";
import { readEntry } from "../../inspect/read-entry.ts";
import type { EnterPhase } from "../../timing/phase.ts";
import { askedCache } from "../asked-cache.ts";
import type { GetOptions } from "../command-options.ts";
import type { CommandResult } from "../command-result.ts";
import { declaredValue, entryResult } from "./entry-result.ts";

/** Shows an entry that is there, read from its backend as the application would. */
export async function get(options: GetOptions, host: Host, enter: EnterPhase): Promise<CommandResult> {
  const asked = await askedCache(options.cache, options.files, host, enter);
  if (!("cache" in asked)) return entryResult(undefined, asked, options.json);
  const { cache, backend } = asked;
  const key = keyFor(cache, backend.prefix, options.key);
  if ("code" in key) return entryResult(undefined, [key], options.json);
  enter("fetch");
  const entry = await readEntry(key.text, cache.name, backend, options.url, host.env);
  if ("code" in entry) return entryResult(undefined, [entry], options.json);
  const { bytes, ttlMs, url } = entry;
  const place = { key: key.text, backend: `${backend.name}: ${url}`, ttlMs };
  const { report, diagnostics } = await reportEntry(bytes, declaredValue(asked), place);
  return entryResult(report, diagnostics, options.json);
}
