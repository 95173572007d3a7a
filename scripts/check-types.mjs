// Strict types of what no package holds: the tests, the examples, the packages outside of the workspace.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { examples } from "./examples.mjs";
import { main, root, runBin, say } from "./run-command.mjs";

await main(() => {
  const projects = ["test", ...examples()].map((folder) => `${folder}/tsconfig.json`);
  // They have dependencies of their own, which are installed by who runs them and by nobody else.
  for (const [home, folders] of [
    ["bench", ["bench", "bench/faults"]],
    ["test/keyv-suite", ["test/keyv-suite"]],
  ]) {
    if (existsSync(join(root, home, "node_modules")))
      projects.push(...folders.map((folder) => `${folder}/tsconfig.json`));
  }
  for (const project of projects) {
    say(project);
    runBin("tsc", ["-p", project, "--noEmit"]);
  }
});
