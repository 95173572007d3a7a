// Preloaded into a child process: imports the module that the last argument names and prints what that did.
const { createRequire } = require("node:module");
const Module = require("node:module");
const { pathToFileURL } = require("node:url");

const reads = [];
const environment = process.env;
process.env = new Proxy(environment, {
  get(target, name) {
    const caller = new Error().stack.split("\n")[2] ?? "";
    if (!caller.includes("node:internal")) reads.push(String(name));
    return target[name];
  },
});

const turn = setImmediate;
const timers = [];
for (const name of ["setTimeout", "setInterval", "setImmediate"]) {
  const real = globalThis[name];
  globalThis[name] = (...args) => {
    timers.push(name);
    return real(...args);
  };
}

const target = process.argv.at(-1);
const resolved = /^[./]/.test(target) ? target : createRequire(`${process.cwd()}/`).resolve(target);
const resourcesBefore = process.getActiveResourcesInfo().length;

import(pathToFileURL(resolved)).then(async (imported) => {
  // Node still closes the files that it has read.
  for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => turn(resolve));
  const report = {
    exports: Object.keys(imported),
    environmentReads: reads,
    timers,
    resources: process.getActiveResourcesInfo().slice(resourcesBefore),
    // What is CommonJS stands here by path, also where an ES module imported it: ioredis and zstd-napi are.
    commonJs: Object.keys(Module._cache).filter((path) => path.includes("node_modules")),
    costly: process.moduleLoadList.filter((name) =>
      /^NativeModule (net|tls|dns|http|crypto|zlib|worker_threads)$/.test(name),
    ),
  };
  process.stdout.write(JSON.stringify(report));
});
