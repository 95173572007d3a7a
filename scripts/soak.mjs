// Caches of all kinds on real servers that fail at random, for ten minutes: `--minutes 10`, `--seed 7`. Fails where anything
// is left over, wrong, or an error. Needs `npm run build`.
import { join } from "node:path";
import { rolldown } from "rolldown";
import { provideRedisServer } from "./provide-redis-server.mjs";
import { main, root, runCommand } from "./run-command.mjs";

await main(async () => {
  const program = join(root, "node_modules/.cache/cachetory-soak", `soak-${process.pid}.mjs`);
  const build = await rolldown({
    input: join(root, "test/soak/soak.ts"),
    platform: "node",
    external: /^[a-z@](?!:)/,
    // Generated modules import each other as what becomes of them.
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
  });
  await build.write({ file: program, format: "esm", sourcemap: "inline" });
  await build.close();
  runCommand(process.execPath, ["--enable-source-maps", "--no-warnings", program, ...process.argv.slice(2)], {
    env: { ...process.env, REDIS_SERVER: provideRedisServer() },
    label: "soak",
  });
});
