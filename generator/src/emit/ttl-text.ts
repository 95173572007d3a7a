import { formatDuration } from "@cachetory/runtime/schemes";
import type { Ttl } from "../model/declaration.ts";

/** A ttl for people: `1 h 30 m`, `for ever`. */
export function ttlText(ttl: Ttl): string {
  return formatDuration(ttl === "forever" ? ttl : ttl.ms);
}
