import { join } from "node:path";
import { foldersUpwards } from "../../check/folders-upwards.ts";
import type { Host } from "../../host.ts";
import { type Diagnostic, errorAt } from "../../model/diagnostic.ts";
import { withListItem } from "../../write/json-list.ts";
import { displayPath } from "../report/source-texts.ts";

/** The language server that completes and explains by the schema. */
const extension = "redhat.vscode-yaml";

/** What is to be written for Visual Studio Code, and what to say of it. */
interface EditorSettings {
  /** Absolute. */
  readonly file: string;
  /** `undefined` where it may stay as it is. */
  readonly text: string | undefined;
  readonly note: string;
}

/** The recommendations of the workspace with the extension for YAML; nobody's wish to be spared it is overruled. */
export function recommendExtension(host: Pick<Host, "cwd" | "files">): EditorSettings | Diagnostic {
  const file = join(workspaceFolder(host), ".vscode", "extensions.json");
  const name = displayPath(file, host.cwd);
  const refuse = (why: string): Diagnostic =>
    errorAt("C3009", undefined, `${name} ${why}; it was not touched`, `Mend it, or add ${extension} to it`);
  if (host.files.kind(file) === "folder") return refuse("is a folder");
  const bytes = host.files.read(file);
  if (bytes === undefined) {
    const text = `${JSON.stringify({ recommendations: [extension] }, null, 2)}\n`;
    return { file, text, note: `Wrote ${name}, which recommends ${extension}.` };
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const unwanted = withListItem(text, "unwantedRecommendations", extension);
  const edit = withListItem(text, "recommendations", extension);
  if (edit.kind === "unreadable") return refuse("is no JSON with a list of recommendations");
  if (unwanted.kind === "same") {
    return { file, text: undefined, note: `${name} does not want ${extension} recommended; it was not touched.` };
  }
  if (edit.kind === "same") return { file, text: undefined, note: `${name} recommends ${extension} already.` };
  return { file, text: edit.text, note: `Added ${extension} to ${name}.` };
}

/** Where the editor looks: in the nearest folder that it has settings in already, else at the top of the repository. */
function workspaceFolder({ cwd, files }: Pick<Host, "cwd" | "files">): string {
  for (const folder of foldersUpwards(cwd)) {
    if (files.kind(join(folder, ".vscode")) === "folder") return folder;
    if (files.kind(join(folder, ".git")) !== undefined) return folder;
  }
  return cwd;
}
