import { join, resolve } from "node:path";
import type { Host } from "../host.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";

/** The names that a YAML file has where none is given. */
const configNames = ["cachetory.yaml", "cachetory.yml"] as const;

/** The absolute path of the YAML file: the one given, else the one in the working folder. It need not exist. */
export function findConfig(
  given: string | undefined,
  host: Pick<Host, "cwd" | "files">,
): { readonly file: string } | Diagnostic {
  if (given !== undefined) return { file: resolve(host.cwd, given) };
  const [preferred, other] = configNames;
  const files = [join(host.cwd, preferred), join(host.cwd, other)] as const;
  const [hasPreferred, hasOther] = files.map((file) => host.files.kind(file) !== undefined);
  if (hasPreferred && hasOther) {
    const hint = "Remove one of them, or name the one that is meant with -c";
    return errorAt("C1011", undefined, `both ${preferred} and ${other} are in ${host.cwd}`, hint);
  }
  return { file: hasOther ? files[1] : files[0] };
}
