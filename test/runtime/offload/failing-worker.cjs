// Preloaded into a process whose worker threads shall fail: at what they compress or decompress, or as soon as they start.
const { syncBuiltinESMExports } = require("node:module");
const { isMainThread } = require("node:worker_threads");
const zlib = require("node:zlib");

if (!isMainThread) {
  if (process.env.WORKERS_FAIL === "throw") throw new Error("no thread today");
  if (process.env.WORKERS_FAIL === "exit") process.exit(4);
  const { deflateSync, inflateSync } = zlib;
  zlib.deflateSync = (plain, options) => deflateSync(failAt(plain), options);
  zlib.inflateSync = (stored, options) => failAt(inflateSync(stored, options));
  syncBuiltinESMExports();
}

function failAt(bytes) {
  const text = Buffer.from(bytes).toString("latin1");
  if (text.includes("exit now")) process.exit(3);
  if (text.includes("take all memory")) for (const held = []; ; ) held.push(new Array(1_000_000).fill(1.5));
  return bytes;
}
