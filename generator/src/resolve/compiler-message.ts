import { clip } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";

/** Types inside of a message are cut by the compiler itself, unless the tsconfig says `noErrorTruncation`. */
const maxLength = 400;

/** What the compiler says, to be quoted in a message: on one line, without a full stop or paths of this machine. */
export function compilerMessage({ messageText }: Pick<ts.Diagnostic, "messageText">): string {
  const message = ts
    .flattenDiagnosticMessageText(messageText, " ")
    // What follows names the probe, once for every place that imports the file.
    .replace(/\s*The file is in the program because:.*/s, "")
    // Names of the probe's imports, which the YAML does not have.
    .replace(/\$f?[0-9]+\$/g, "")
    .replace(/import\("[^"]*"\)\./g, "")
    .replace(/"(?:[A-Za-z]:)?\/[^"]*"\./g, "")
    .replace(/\s+/g, " ")
    .replace(/\.$/, "");
  return clip(message, maxLength);
}
