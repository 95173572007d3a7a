// Strict types of what no package holds: the tests, the examples, the benchmarks.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { examples } from "./examples.mjs";
import { main, root, runBin, say } from "./run-command.mjs";

await main(() => {
  const projects = ["test", ...examples()].map((folder) => `${folder}/tsconfig.json`);
  // The benchmarks have dependencies of their own, which nobody installs who does not measure.
  if (existsSync(join(root, "bench/node_modules")) && existsSync(join(root, "bench/tsconfig.json"))) {
    projects.push("bench/tsconfig.json");
  }
  for (const project of projects) {
    say(project);
    runBin("tsc", ["-p", project, "--noEmit"]);
  }
});
