// `npm run simulate`: the simulation of test/simulation, as one file that its workers run as well.
import { join } from "node:path";
import { rolldown } from "rolldown";
import { main, root, runCommand } from "./run-command.mjs";

await main(async () => {
  const file = join(root, "node_modules/.cache/cachetory/simulate.mjs");
  const build = await rolldown({
    input: join(root, "test/simulation/main.ts"),
    platform: "node",
    external: /^(?:node:|rolldown$|luaparse$)/,
  });
  await build.write({ file, format: "esm", codeSplitting: false });
  await build.close();
  runCommand(process.execPath, [file, "--root", root, ...process.argv.slice(2)], { label: "simulate" });
});
