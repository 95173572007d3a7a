// `npm start`: from a fresh clone to the running example. Uses nothing but Node itself until npm has installed.
import { build } from "./build.mjs";
import { checkNode } from "./check-node.mjs";
import { install } from "./install.mjs";
import { main, runNpm, say } from "./run-command.mjs";

checkNode();
await main(async () => {
  install();
  say("Building the packages");
  await build();
  say(
    `Running examples/shop on ${process.env.REDIS_URL ? "the Redis of REDIS_URL" : "memory (set REDIS_URL for a Redis)"}`,
  );
  runNpm(["start", "--silent", "-w", "examples/shop"]);
});
