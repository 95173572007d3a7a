import { StepError, say, tryCommand } from "./run-command.mjs";
import { installSystemPackages } from "./system-packages.mjs";

const packages = { msgpack: "python3-msgpack", zstandard: "python3-zstandard" };

/**
 * The system's Python modules for msgpack and zstd, where they can be had: the tests exchange entries with Python, with
 * its standard library alone where they are missing.
 */
export function providePythonModules() {
  const wanted = Object.keys(packages).filter((name) => !hasModule(name));
  if (wanted.length === 0) return;
  try {
    installSystemPackages(["python3", ...wanted.map((name) => packages[name])]);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
  }
  const missing = wanted.filter((name) => !hasModule(name));
  if (missing.length > 0)
    say(`Without the Python modules ${missing.join(" and ")}: entries are not exchanged through them`);
}

function hasModule(name) {
  return ["/usr/bin/python3", "python3"].some((python) => tryCommand(python, ["-c", `import ${name}`]).isSuccess);
}
