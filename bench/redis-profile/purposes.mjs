import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

/** What the time of a process goes to, in the order of the rows. */
export const purposes = [
  "JSON",
  "writing to and reading from the socket",
  "ioredis: commands, from the call to the answer",
  "ours: commands, put together and settled",
  "ours: the backend (gathering, time limits)",
  "ours: the cache (keys, loads, codec)",
  "parsing what the server says",
  "text of bytes",
  "promises and ticks",
  "garbage",
  "the loop that measures, and the rest",
];

const [json, socket, client, commands, backend, cache, parsing, text, promises, garbage, rest] = purposes;

const ofNatives = new Map([
  ["(garbage collector)", garbage],
  ["parse", json],
  ["stringify", json],
  ["parsed", json],
  ["stringified", json],
  ["utf8Slice", text],
  ["toString", text],
  ["byteLengthUtf8", text],
  ["byteLength", text],
  ["writev", socket],
  ["writeUtf8String", socket],
  ["writeBuffer", socket],
  ["runMicrotasks", promises],
]);

/** By the last part of the file. */
const ofClientFiles = [
  [/decoder|DataHandler|redis-parser/, parsing],
  [/ioredis|standard-as-callback|denque|redis-errors/, client],
  [/process\/task_queues|async_hooks/, promises],
  [/^node:/, socket],
];

/** In the sources of the runtime. */
const ofSources = [
  [/serializers|cache\/codec/, json],
  [/repl(y-reader|ies)/, parsing],
  [/redis-wire|redis-encoding/, commands],
  [/backends\//, backend],
  [/./, cache],
];

const maps = new Map();

/** What a function of a profile is for; `undefined` where it is for nothing. */
export function purposeOf({ functionName, url, lineNumber, columnNumber }) {
  if (functionName === "(idle)") return undefined;
  const source = sourceOf(url, lineNumber, columnNumber);
  if (source !== undefined) return firstOf(ofSources, source) ?? cache;
  return ofNatives.get(functionName) ?? firstOf(ofClientFiles, url) ?? rest;
}

function firstOf(rules, name) {
  return rules.find(([pattern]) => pattern.test(name))?.[1];
}

/** The file that a line of the bundle was made of. */
function sourceOf(url, lineNumber, columnNumber) {
  if (!url.includes("cachetory-profile")) return undefined;
  let map = maps.get(url);
  if (map === undefined) {
    map = new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, "utf8")));
    maps.set(url, map);
  }
  return map.findEntry(lineNumber, columnNumber).originalSource;
}
