import type { GeneratedFile } from "../emit/generated-file.ts";
import { isGenerated } from "./is-generated.ts";
import type { ExistingEntry, OutputPlan, PlannedFile } from "./output-plan.ts";
import { isStagedName } from "./staged-name.ts";

/** What must change on disk so that the output folder holds exactly `files`. Reads nothing, writes nothing. */
export function planOutput(
  folder: string,
  files: readonly GeneratedFile[],
  onDisk: readonly ExistingEntry[],
): OutputPlan {
  const existing = new Map(onDisk.map((entry) => [entry.name, entry]));
  const wanted = new Set(files.map((file) => plainName(file.name)));
  const planned = files.map((file) => planFile(file, existing.get(file.name)));
  return {
    folder,
    files: [...planned.filter((file) => file !== undefined), ...orphans(onDisk, wanted)].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    inTheWay: files.filter((_, index) => planned[index] === undefined).map((file) => file.name),
    leftovers: onDisk.filter((entry) => isStagedName(entry.name)).map((entry) => entry.name),
  };
}

/** The last guard: whatever went wrong before, no path leaves the output folder. */
function plainName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9.]*$/.test(name))
    throw new Error(`${JSON.stringify(name)} is no name for a generated file.`);
  return name;
}

/** `undefined` where something foreign is in the way. */
function planFile({ name, text }: GeneratedFile, entry: ExistingEntry | undefined): PlannedFile | undefined {
  if (entry === undefined) return { kind: "create", name, text };
  if (entry.content === undefined || !isGenerated(entry.content)) return undefined;
  if (isSameText(entry.content, text)) return { kind: "same", name };
  return { kind: "update", name, text, before: entry.content };
}

function orphans(onDisk: readonly ExistingEntry[], wanted: ReadonlySet<string>): readonly PlannedFile[] {
  return onDisk.flatMap(({ name, content }) => {
    if (wanted.has(name) || isStagedName(name) || content === undefined || !isGenerated(content)) return [];
    return [{ kind: "orphan", name, before: content }];
  });
}

/** Git may check text out with CRLF; that alone makes no file outdated. */
function isSameText(content: Uint8Array, text: string): boolean {
  const onDisk = Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString("utf8");
  return onDisk === text || onDisk.replaceAll("\r\n", "\n") === text;
}
