// Whether the committed generated code of the examples is what the generator makes of them today.
import { join } from "node:path";
import { examples } from "./examples.mjs";
import { main, root, runCommand, say } from "./run-command.mjs";

await main(() => {
  for (const example of examples()) {
    say(`${example}: cachetory generate --check`);
    runCommand(process.execPath, [join(root, "generator/bin/cachetory.js"), "generate", "--check"], {
      cwd: join(root, example),
      label: "cachetory generate --check",
    });
  }
});
