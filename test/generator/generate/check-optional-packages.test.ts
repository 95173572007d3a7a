import { describe, expect, test } from "vitest";
import { checkOptionalPackages } from "../../../generator/src/check/check-optional-packages.ts";
import { declarationsOf } from "../read/read-text.ts";
import { MemoryFiles } from "../write/memory-files.ts";

const yaml = `
version: 1
output: src/caches
backends:
  shared: rediss://cache.internal
  unknown: { url: "\${REDIS_URL}", development: "memory://" }
  local: memory://
defaults: { ttl: 1m, backend: local }
caches:
  z: { key: "z:{id}", value: string, serializer: text+zstd }
  a: { key: "a:{id}", value: string, serializer: text+zstd, offload: 64kb }
  b: { key: "b:{id}", value: number, serializer: msgpack }
  c: { key: "c:{id}", value: number, backend: unknown }
  d: { key: "d:{id}", value: number, backend: shared }
`;

function findings(files: Readonly<Record<string, string>>): readonly string[] {
  const found = checkOptionalPackages(declarationsOf(yaml), new MemoryFiles(files));
  return found.map(({ code, severity, span, message, hint }) => {
    const line = yaml.slice(0, span?.start).split("\n").length;
    return `${line} ${severity} ${code} ${message} (${hint})`;
  });
}

describe("packages that are needed", () => {
  test("are named once each where they are needed first, with the command that installs them", () => {
    expect(findings({})).toEqual([
      '5 warning C3005 rediss:// needs the package "ioredis", which is not installed (Install it with npm install ioredis)',
      '10 warning C3005 zstd needs the package "zstd-napi", which is not installed (Install it with npm install zstd-napi)',
      '11 warning C3005 offload needs the package "piscina", which is not installed (Install it with npm install piscina)',
      '12 warning C3005 msgpack needs the package "msgpackr", which is not installed (Install it with npm install msgpackr)',
    ]);
  });

  test("are found in any folder upwards", () => {
    const folder = declarationsOf(yaml).output;
    const root = folder.slice(0, folder.indexOf("/src"));
    const packages = ["ioredis", "zstd-napi", "piscina", "msgpackr"];
    const installed = packages.map((name) => [`${root}/node_modules/${name}/package.json`, "{}"]);
    expect(findings(Object.fromEntries(installed))).toEqual([]);
  });

  test("are not looked for where Yarn keeps them elsewhere", () => {
    expect(findings({ "/.pnp.cjs": "" })).toEqual([]);
  });
});
