import { randomBytes } from "node:crypto";
import { aesGcm, Cache, chain, hmac, json, MemoryBackend, zlib } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import type { Host } from "../../../generator/src/host.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { installedRuntime, memoryHost } from "../generate/memory-host.ts";
import { MemoryFiles } from "../write/memory-files.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const files = new MemoryFiles({
  ...installedRuntime,
  "/app/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": [] } }',
  "/app/cachetory.yaml": `version: 1
output: src/caches
backends: { shared: { url: "\${REDIS_URL}", prefix: "app:" } }
defaults: { backend: shared, ttl: 1h, key-secret: TEST_INSPECT_SECRET }
caches:
  session: { key: "session:{token:secret}", value: "string[]", serializer: "json+zlib+aes-gcm://?keys=TEST_INSPECT_KEYS" }
  signed: { key: "signed:{id:int}", value: "string[]", serializer: "json+hmac://?keys=TEST_INSPECT_KEYS" }
`,
});

async function run(argv: readonly string[], changes: Partial<Host> = {}): Promise<readonly [number, string, string]> {
  const printed: Record<"stdout" | "stderr", string[]> = { stdout: [], stderr: [] };
  const streamOf = (name: "stdout" | "stderr"): Host["stdout"] => ({
    isTerminal: false,
    write: (text) => void printed[name].push(text),
  });
  const streams = { stdout: streamOf("stdout"), stderr: streamOf("stderr") };
  const code = await main(argv, { ...memoryHost(files), ...streams, ...changes });
  return [code, printed.stdout.join(""), printed.stderr.join("")];
}

function decode(cache: string, entry: Uint8Array, ...argv: readonly string[]): ReturnType<typeof run> {
  return run(["decode", cache, "-", ...argv], { readStdin: async () => entry });
}

const keys = [{ id: "k1", key: randomBytes(32) }];

beforeAll(() => {
  vi.stubEnv("TEST_INSPECT_KEYS", `k1:${Buffer.from(keys[0]?.key ?? []).toString("base64")}`);
  vi.stubEnv("TEST_INSPECT_SECRET", randomBytes(32).toString("base64"));
});
afterAll(() => vi.unstubAllEnvs());

const signed = (key: string): Uint8Array => hmac({ keys }).serialize(Buffer.from('["a"]'), { key });

describe("decode", () => {
  it("opens an entry under the key that it is told", async () => {
    const [code, stdout, stderr] = await decode("signed", signed("app:signed:7"), "--param", "id=7");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`signed
  key      app:signed:7
  size     45 bytes
  steps    hmac of 45 bytes, then json of 5 bytes
  fits     yes
[
  "a"
]
`);
  });

  it("leaves out the line break that redis-cli adds", async () => {
    const entry = Buffer.concat([signed("app:signed:7"), Buffer.from("\n")]);
    const [code, , stderr] = await decode("signed", entry, "--key", '{"id":7}');
    expect([code, stderr]).toEqual([0, "The line break at the end, which redis-cli adds, was left out.\n"]);
  });

  it("opens none under another key, or under none", async () => {
    const entry = signed("app:signed:7");
    const [code, , other] = await decode("signed", entry, "--param", "id=8");
    expect([code, other]).toEqual([
      1,
      expect.stringContaining("C4005 hmac, which is step 2 of 2, cannot read 45 bytes:"),
    ]);
    expect(other).toContain("it has been changed, or was stored under another key or with another secret");
    expect((await decode("signed", entry))[2]).toContain(
      "Entries are bound to their key: give it with --param or --key",
    );
    expect((await decode("signed", entry, "--param", "nr=8"))[2]).toContain("C1017 ");
  });

  it("says which variable it needs", async () => {
    const known = process.env["TEST_INSPECT_KEYS"];
    vi.stubEnv("TEST_INSPECT_KEYS", undefined);
    const [code, , stderr] = await decode("signed", signed("app:signed:7"), "--param", "id=7");
    vi.stubEnv("TEST_INSPECT_KEYS", known);
    expect([code, stderr]).toEqual([1, expect.stringContaining("needs the environment variable TEST_INSPECT_KEYS")]);
  });
});

it("inspect shows the digest of a secret parameter, and the name of the variable", async () => {
  const [code, stdout] = await run(["inspect", "session", "--param", "token=tok-canary"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/\n {2}secret {7}TEST_INSPECT_SECRET\n {2}key {10}app:session:[0-9a-f]{32}\n/);
  expect(stdout).not.toContain("tok-canary");
});

describe("get", () => {
  let server: RedisServer;
  let client: Redis;

  beforeAll(async () => {
    server = await startRedisServer();
    client = new Redis(server.port, "127.0.0.1");
  });
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  it("reads what the application has encrypted under a secret key", async () => {
    const [, described] = await run(["inspect", "session", "--param", "token=tok-canary", "--json"]);
    const text: string = JSON.parse(described).key.text;
    const memory = new MemoryBackend();
    const serializer = chain(json<string[]>(), zlib(), aesGcm({ keys }));
    await new Cache({ backend: memory, serializer }).set(text, ["a"]);
    await client.set(text, Buffer.from((await memory.get(text, "bytes")) as Uint8Array));
    const env = { REDIS_URL: `redis://127.0.0.1:${server.port}` };
    const [code, stdout, stderr] = await run(["get", "session", "--param", "token=tok-canary", "--json"], { env });
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ key: text, fits: true, value: ["a"] });
    expect(stdout).not.toContain("tok-canary");
  });
});
