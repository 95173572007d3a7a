// Whether the committed generated code is what the generator makes today, and the schema's validator what the schema says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaValidatorSource } from "./build-schema-validator.mjs";
import { examples } from "./examples.mjs";
import { main, root, runCommand, StepError, say } from "./run-command.mjs";

await main(() => {
  for (const example of examples()) {
    say(`${example}: cachetory generate --check`);
    runCommand(process.execPath, [join(root, "generator/bin/cachetory.js"), "generate", "--check"], {
      cwd: join(root, example),
      label: "cachetory generate --check",
    });
  }
  if (schemaValidatorSource() !== readFileSync(join(root, "generator/src/read/schema-validator.gen.ts"), "utf8")) {
    throw new StepError("schema-validator.gen.ts is out of date: run `node scripts/build-schema-validator.mjs`.");
  }
});
