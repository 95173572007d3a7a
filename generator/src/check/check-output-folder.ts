import path from "node:path";
import type { FileSystem } from "../host.ts";
import type { Declarations } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { foldersUpwards } from "./folders-upwards.ts";

/** The output folder must be a folder, or still become one, and be where the YAML says it is: links must not lead away. */
export function checkOutputFolder(
  { file, output, outputSpan }: Declarations,
  files: FileSystem,
  show: (path: string) => string,
): readonly Diagnostic[] {
  const existing = foldersUpwards(output).find((folder) => files.kind(folder) !== undefined);
  if (existing !== undefined && files.kind(existing) === "file") {
    return [
      {
        code: "C3003",
        severity: "error",
        span: outputSpan,
        message: `${show(existing)} is a file, where "output" needs a folder`,
        hint: "Move the file away, or name another folder",
      },
    ];
  }
  const project = path.dirname(file);
  if (existing === undefined) return [];
  const real = path.join(files.realPath(existing), path.relative(existing, output));
  if (isWithin(real, files.realPath(project))) return [];
  return [
    {
      code: "C1107",
      severity: "error",
      span: outputSpan,
      message: `"output" leads out of the folder of the YAML file: by a link, ${show(output)} is ${real}`,
      hint: "Name a folder below the YAML file that no link leads out of",
    },
  ];
}

function isWithin(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
