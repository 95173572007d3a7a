import { main } from "./cli/main.ts";
import { nodeHost } from "./node-host.ts";

// A reader that has seen enough, as in `cachetory validate --format json | head -1`, is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

// There is no handler for SIGINT: the system ends the process at once, which shells see as 130, and a handler would
// have to wait until the compiler is done. What `generate` writes is whole at every moment.
process.exitCode = await main(process.argv.slice(2), nodeHost());
