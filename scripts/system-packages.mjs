import { runCommand, say, tryCommand } from "./run-command.mjs";

/** Installs packages of Debian or Ubuntu, where that needs no password; whether it could. */
export function installSystemPackages(names) {
  const sudo = aptPrefix();
  if (sudo === undefined) return false;
  say(`Installing ${names.join(", ")} with apt-get`);
  const [program, ...args] = [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"];
  runCommand(program, [...args, "update"]);
  runCommand(program, [...args, "install", "--yes", "--no-install-recommends", ...names]);
  return true;
}

function aptPrefix() {
  if (!tryCommand("apt-get", ["--version"]).isSuccess) return undefined;
  if (process.getuid?.() === 0) return [];
  return tryCommand("sudo", ["-n", "true"]).isSuccess ? ["sudo", "-n"] : undefined;
}
