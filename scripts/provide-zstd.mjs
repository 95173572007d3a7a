import { runNpm, StepError, say, tryCommand } from "./run-command.mjs";
import { installSystemPackages } from "./system-packages.mjs";

/** Compiles zstd-napi for this machine, where it does not load yet. */
export function provideZstd() {
  if (loadZstd().isSuccess) return;
  if (!canCompile()) installSystemPackages(["build-essential", "python3"]);
  say("Compiling zstd-napi, which takes about a minute, once");
  runNpm(["rebuild", "zstd-napi", "--ignore-scripts=false"], {
    // On all cores.
    env: { ...process.env, JOBS: "max" },
    advice:
      "Compiling needs python3, make and a C++ compiler: on Debian and Ubuntu `apt-get install build-essential python3`, " +
      "on Fedora `dnf install python3 make gcc-c++`, on Alpine `apk add python3 make g++`, on macOS `xcode-select --install`.",
  });
  const { isSuccess, output } = loadZstd();
  if (!isSuccess) throw new StepError(`zstd-napi is compiled but does not load:\n${output}`);
}

function loadZstd() {
  return tryCommand(process.execPath, ["--eval", 'require("zstd-napi")']);
}

function canCompile() {
  return (
    process.platform === "win32" ||
    ["python3", "make", "c++"].every((tool) => tryCommand(tool, ["--version"]).isSuccess)
  );
}
