// `npm test`: from a fresh clone to all tests, none skipped. Further arguments go to vitest.
import { build } from "./build.mjs";
import { checkNode } from "./check-node.mjs";
import { install } from "./install.mjs";
import { providePythonModules } from "./provide-python.mjs";
import { provideRedisServer } from "./provide-redis-server.mjs";
import { provideZstd } from "./provide-zstd.mjs";
import { main, runBin, say } from "./run-command.mjs";

checkNode();
await main(async () => {
  install();
  provideZstd();
  providePythonModules();
  const redisServer = provideRedisServer();
  say("Building the packages");
  await build();
  say("Running the tests");
  runBin("vitest", ["run", ...process.argv.slice(2)], { env: { ...process.env, REDIS_SERVER: redisServer } });
});
