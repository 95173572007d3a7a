import type { Ttl } from "../model/declaration.ts";
import { setting } from "./read-storage.ts";
import { readTtl } from "./read-ttl.ts";
import type { Report } from "./report.ts";
import type { YamlMap } from "./yaml-tree.ts";

/** What is untrue for a day is seen by people, and asked about, before it goes away by itself. */
const day: Ttl = { ms: 24 * 60 * 60 * 1000 };

/** From which ttl on the caches of a file are long-lived. */
export function readLongLived(defaults: YamlMap | undefined, report: Report): Ttl {
  return setting(defaults, "long-lived", (node) => readTtl("long-lived", node, report))?.value ?? day;
}
