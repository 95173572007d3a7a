import { StepError, tryCommand } from "./run-command.mjs";
import { installSystemPackages } from "./system-packages.mjs";

/**
 * The redis-server that the tests start, on a free port of their own: the one that REDIS_SERVER names, else the one
 * on the PATH, else the one of the system's packages.
 */
export function provideRedisServer() {
  const named = process.env.REDIS_SERVER;
  if (named) {
    if (runs(named)) return named;
    throw new StepError(`REDIS_SERVER is ${JSON.stringify(named)}, which cannot be run as a redis-server.`);
  }
  if (runs("redis-server") || (installSystemPackages(["redis-server"]) && runs("redis-server"))) return "redis-server";
  throw new StepError(
    [
      "The tests need a redis-server, and there is none on the PATH. Get one with:",
      "  Debian, Ubuntu   sudo apt-get install redis-server",
      "  Fedora           sudo dnf install redis        (from Fedora 41 on: valkey-compat-redis)",
      "  Alpine           sudo apk add redis",
      "  macOS            brew install redis",
      "or name one: REDIS_SERVER=/path/to/redis-server npm test",
    ].join("\n"),
  );
}

function runs(program) {
  return tryCommand(program, ["--version"]).isSuccess;
}
