import path from "node:path";
import type { OutputPlan, PlannedFile } from "./output-plan.ts";
import type { ShowPath } from "./show-path.ts";

/** Lines shown of one file. */
const maxLines = 40;
/** Files shown. */
const maxFiles = 10;

/** What would change as unified diffs, from the disk to what would be generated, each a text of several lines. */
export async function planDiff(plan: OutputPlan, show: ShowPath): Promise<readonly string[]> {
  const changed = plan.files.filter((file) => file.kind !== "same");
  if (changed.length === 0) return [];
  // Only drift needs it, so only drift waits for it.
  const { createTwoFilesPatch } = await import("diff");
  const diffs = changed.slice(0, maxFiles).map((file) => {
    const name = show(path.join(plan.folder, file.name));
    const { from, to, before, after } = sides(file, name);
    return cap(createTwoFilesPatch(from, to, before, after, undefined, undefined, { context: 3, headerOptions }));
  });
  const left = changed.length - diffs.length;
  return left === 0 ? diffs : [...diffs, `... and ${left} more ${left === 1 ? "file" : "files"} without a diff here.`];
}

const headerOptions = { includeIndex: false, includeUnderline: false, includeFileHeaders: true } as const;

interface Sides {
  readonly from: string;
  readonly to: string;
  readonly before: string;
  readonly after: string;
}

function sides(file: Exclude<PlannedFile, { readonly kind: "same" }>, name: string): Sides {
  const none = "/dev/null";
  switch (file.kind) {
    case "create":
      return { from: none, to: name, before: "", after: file.text };
    case "update":
      return { from: name, to: name, before: text(file.before), after: file.text };
    case "orphan":
      return { from: name, to: none, before: text(file.before), after: "" };
  }
}

/** Line ends are no difference, so none is shown. */
function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8").replaceAll("\r\n", "\n");
}

function cap(diff: string): string {
  const lines = diff.trimEnd().split("\n");
  if (lines.length <= maxLines) return lines.join("\n");
  return [...lines.slice(0, maxLines), `... ${lines.length - maxLines} more lines`].join("\n");
}
