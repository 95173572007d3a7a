import { generatedMarker } from "../emit/generated-file.ts";

const marker = Buffer.from(generatedMarker);

/** Whether a file is cachetory's own, to replace and to delete. */
export function isGenerated(content: Uint8Array | undefined): boolean {
  return content !== undefined && marker.equals(content.subarray(0, marker.length));
}
