import { json, msgpack, PythonDecimal, pickle, type Serializer, v8, zlib } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../../../generator/src/cli/main.ts";
import type { Host } from "../../../generator/src/host.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { installedRuntime, memoryHost } from "../generate/memory-host.ts";
import { MemoryFiles } from "../write/memory-files.ts";

// The compiler may be loaded here for the first time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const files = new MemoryFiles({
  ...installedRuntime,
  "/app/tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": [] } }',
  "/app/src/models.ts": `export interface User { name: string; address: { zip: string }; tags?: string[] }
export interface Rich { at: Date; by: Map<string, number>; seen: Set<string>; image: Uint8Array; big: bigint; self?: Rich }
`,
  "/app/cachetory.yaml": `version: 1
output: src/caches
backends:
  shared: { url: "\${REDIS_URL}", development: memory://, prefix: "shop:" }
  strict: { url: "\${STRICT_URL:?the one for money}", schemes: [rediss] }
  guarded: { url: "redis://:\${REDIS_PASSWORD}@localhost/0" }
  local: memory://
defaults: { backend: shared, ttl: 1h }
caches:
  user: { key: "user:{id:int}:{lang:en|nl}", value: ./src/models.ts#User, serializer: json+zlib }
  plain: { key: "plain:{id}", value: ./src/models.ts#User }
  lax: { key: "lax:{id}", value: ./src/models.ts#User, validate: false }
  rich: { key: "rich:{id}", value: ./src/models.ts#Rich, serializer: v8 }
  note: { key: "note:{id}", value: string }
  blob: { key: "blob:{id}", value: bytes }
  price: { key: "price:{a:bool}:{b:hash}:{c:date}:{d:bigint}:{e:number}", value: unknown, serializer: pickle }
  packed: { key: packed, value: number, serializer: msgpack }
  said: { key: said, value: { schema: { type: object, properties: { x: { type: string } }, required: [x] } } }
  deep: { key: deep, value: unknown }
  live: { key: live, value: unknown, backend: local, serializer: noop }
  banner: { key: banner, value: string, backend: local }
  money: { key: money, value: string, backend: strict }
  vault: { key: vault, value: string, backend: guarded }
  kept: { key: "kept:{id}", value: ./src/models.ts#User, stale: { on-error: 1h } }
`,
});

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(argv: readonly string[], changes: Partial<Host> = {}): Promise<Ran> {
  const printed = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr"): Host["stdout"] => ({
    isTerminal: false,
    write: (text) => {
      printed[name] += text;
    },
  });
  const streams = { stdout: output("stdout"), stderr: output("stderr") };
  return { code: await main(argv, { ...memoryHost(files), ...streams, ...changes }), ...printed };
}

/** `decode` of bytes on the standard input. */
function decode(cache: string, bytes: Uint8Array | string, ...argv: readonly string[]): Promise<Ran> {
  return run(["decode", cache, "-", ...argv], { readStdin: async () => Buffer.from(bytes) });
}

function stored(serializer: Serializer, value: unknown): Uint8Array {
  return Buffer.from(serializer.serialize(value) as Uint8Array | string);
}

const ada = { name: "Ada", address: { zip: "1011" } };

describe("decode", () => {
  it("takes the steps of the pipeline back, and holds the value against its type", async () => {
    const entry = zlib().serialize(stored(json(), ada));
    const { code, stdout, stderr } = await decode("user", entry);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`user
  size     ${entry.length} bytes
  steps    zlib of ${entry.length} bytes, then json of 39 bytes
  fits     yes
{
  "name": "Ada",
  "address": {
    "zip": "1011"
  }
}
`);
  });

  it("gives programs the same as data", async () => {
    const { stdout } = await decode("plain", stored(json(), ada), "--json");
    expect(JSON.parse(stdout)).toEqual({
      cache: "plain",
      bytes: 39,
      steps: [{ name: "json", bytes: 39 }],
      fits: true,
      value: ada,
    });
  });

  it("looks behind the envelope of an entry, and says until when it is fresh", async () => {
    // 1800000060000, as base 36 by Python.
    const { stdout } = await decode("kept", `~c1 f0mywpk76o\n${JSON.stringify(ada)}`, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ freshUntil: "2027-01-15T08:01:00.000Z", fits: true, value: ada });
    const text = await decode("kept", `~c1 fzzzzzzzzz\n${JSON.stringify(ada)}`);
    expect(text.stdout).toContain("  fresh    until forever\n");
    const { code, stderr } = await decode("kept", JSON.stringify(ada));
    expect(code).toBe(1);
    expect(stderr).toContain(
      "C4005 the entry has no envelope: something else stored it, or this cache before it had policies\n",
    );
  });

  it("shows a value that does not fit, and says where", async () => {
    const { code, stdout, stderr } = await decode("plain", '{"name":"Ada","address":{}}');
    expect(code).toBe(1);
    expect(stderr).toContain("error C4006 the entry does not fit User at value.address.zip: nothing, not a string");
    expect(stdout).toContain("  fits     no: see value.address.zip\n");
    expect(stdout).toContain('"name": "Ada"');
    const data = await decode("plain", '{"name":"Ada","address":{}}', "--json");
    expect(JSON.parse(data.stdout)).toMatchObject({
      fits: false,
      misfit: { path: "value.address.zip", expected: "a string" },
    });
  });

  it("holds entries against a JSON Schema as against a type", async () => {
    expect((await decode("said", '{"x":"a"}')).stdout).toContain("  fits     yes\n");
    const { stderr } = await decode("said", '{"x":1}');
    expect(stderr).toContain("C4006 the entry does not fit SaidValue at value.x: a number, not a string");
  });

  it("says where nothing is looked into", async () => {
    expect((await decode("lax", "7")).stdout).toContain("  fits     not looked into\n7\n");
  });

  it("has a word for what JSON has none for", async () => {
    const rich = {
      at: new Date("2026-11-22T17:00:00Z"),
      by: new Map([["a", 1]]),
      seen: new Set(["x"]),
      image: Uint8Array.of(0, 1),
      big: 12n,
    };
    const { code, stdout } = await decode("rich", stored(v8(), Object.assign(rich, { self: rich })), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout).value).toEqual({
      at: { $Date: "2026-11-22T17:00:00.000Z" },
      by: { $Map: [["a", 1]] },
      seen: { $Set: ["x"] },
      image: { $Uint8Array: "AAE=" },
      big: { $bigint: "12" },
      self: { $same: "value" },
    });
    const odd = [Number.NaN, -0, new Date(Number.NaN), /x/g, new TypeError("no"), { $Date: "text" }, undefined];
    const { stdout: more } = await decode("price", stored(pickle(), [new PythonDecimal("1.50")]), "--json");
    expect(JSON.parse(more).value).toEqual([{ $PythonDecimal: "1.50" }]);
    const { stdout: others } = await decode("rich", stored(v8(), odd), "--json");
    expect(JSON.parse(others).value).toEqual([
      { $number: "NaN" },
      { $number: "-0" },
      { $Date: "invalid" },
      { $RegExp: "/x/g" },
      { $TypeError: "no" },
      { $object: [["$Date", "text"]] },
      { $undefined: true },
    ]);
  });

  it("reads a file", async () => {
    files.write("/app/entry.bin", stored(json(), ada));
    expect((await run(["decode", "plain", "entry.bin"])).code).toBe(0);
    const missing = await run(["decode", "plain", "other.bin"]);
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toContain("error C1001 other.bin cannot be read: there is no such file");
    const folder = await run(["decode", "plain", "src"]);
    expect(folder).toMatchObject({ code: 1, stdout: "" });
    expect(folder.stderr).toContain("error C1001 src cannot be read: it is a folder, not a file");
  });

  it("reads hexadecimal digits and base64, line breaks and all", async () => {
    const entry = Buffer.from(stored(msgpack(), 300));
    expect((await decode("packed", `${entry.toString("hex")}\n`, "--from", "hex")).stdout).toMatch(/\n300\n$/);
    expect((await decode("packed", `${entry.toString("base64")}\n`, "--from", "base64")).stdout).toMatch(/\n300\n$/);
    const wrong = await decode("packed", "xyz", "--from", "hex");
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("C4005 the bytes are not written in hex")]);
    expect((await decode("packed", "a*", "--from", "base64")).stderr).toContain("are not written in base64");
  });

  describe("of the line break that redis-cli adds", () => {
    const lineBreak = Buffer.from("\n");

    it("leaves it out where the rest is an entry", async () => {
      const ran = await decode("user", Buffer.concat([zlib().serialize(stored(json(), ada)), lineBreak]));
      expect(ran).toMatchObject({
        code: 0,
        stderr: "The line break at the end, which redis-cli adds, was left out.\n",
      });
    });

    it("keeps one that is part of the entry", async () => {
      // The number 10 is one byte, that of a line break.
      const entry = stored(msgpack(), 10);
      expect([...entry]).toEqual([0x0a]);
      expect(await decode("packed", entry)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/\n10\n$/),
        stderr: "",
      });
    });

    it("says so where nothing can tell", async () => {
      const { code, stdout, stderr } = await decode("note", "text\n", "--json");
      expect([code, JSON.parse(stdout).value]).toEqual([0, "text\n"]);
      expect(stderr).toContain("The last byte is a line break, which is taken for a part of the value");
    });
  });

  const broken: readonly (readonly [what: string, cache: string, bytes: Uint8Array | string, message: string])[] = [
    [
      "cut off",
      "user",
      zlib().serialize(stored(json(), ada)).subarray(0, 17),
      "zlib, which is step 2 of 2, cannot read 17 bytes: ",
    ],
    ["of another cache", "user", stored(json(), ada), "zlib, which is step 2 of 2, cannot read 39 bytes: "],
    [
      "compressed, but no JSON",
      "user",
      zlib().serialize(Buffer.from("no")),
      "json, which is step 1 of 2, cannot read 2 bytes: ",
    ],
    ["no UTF-8", "plain", Buffer.from([0xff, 0xfe]), "json cannot read 2 bytes: They are no UTF-8, so no text"],
    ["none at all", "live", "x", "noop keeps values as they are, in the memory of a process"],
    [
      "nested without end",
      "deep",
      `${"[".repeat(200_000)}${"]".repeat(200_000)}`,
      "the value nests too deep to be looked into",
    ],
    ["empty", "rich", "", "v8 cannot read 0 bytes: "],
  ];
  for (const [what, cache, bytes, message] of broken) {
    it(`names the step that fails on bytes that are ${what}`, async () => {
      const { code, stdout, stderr } = await decode(cache, bytes);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(`error C4005 ${message}`);
    });
  }

  it("shows bytes in base64, and controls of text in words", async () => {
    expect((await decode("blob", Uint8Array.of(0, 1))).stdout).toMatch(/\n\{\n {2}"\$Uint8Array": "AAE="\n\}\n$/);
    const { stdout } = await decode("note", "a\u001b[31m\u202eb");
    expect(stdout).not.toContain("\u001b");
    expect(stdout).not.toContain("\u202e");
  });
});

describe("get", () => {
  let server: RedisServer;
  let client: Redis;
  let env: Host["env"];

  beforeAll(async () => {
    server = await startRedisServer({ password: "s3cret" });
    client = new Redis(server.connection);
    env = { REDIS_URL: `redis://default:s3cret@127.0.0.1:${server.port}` };
  });
  afterAll(async () => {
    client.disconnect();
    await server.stop();
  });

  const key = ["--param", "id=7", "--param", "lang=nl"];

  it("shows an entry as the application finds it, with what is left of its life, and no password", async () => {
    await client.set("shop:user:7:nl", Buffer.from(zlib().serialize(stored(json(), ada))), "PX", 1_000_000);
    const { code, stdout, stderr } = await run(["get", "user", ...key], { env });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^user\n {2}key {6}shop:user:7:nl\n {2}backend {2}shared: redis:\/\/default:\*\*\*@127.0.0.1:\d+\n {2}ttl {6}16 m (?:40|39) s\n {2}size/,
    );
    expect(stdout).toContain('  fits     yes\n{\n  "name": "Ada"');
    expect(stdout).not.toContain("s3cret");
  });

  it("takes the parameters as JSON too, and gives data", async () => {
    await client.set("shop:plain:x", '{"name":"Ada"}');
    const { code, stdout, stderr } = await run(["get", "plain", "--key", '{"id":"x"}', "--json"], { env });
    expect([code, stderr]).toEqual([1, expect.stringContaining("C4006 ")]);
    expect(JSON.parse(stdout)).toEqual({
      cache: "plain",
      key: "shop:plain:x",
      backend: expect.stringMatching(/^shared: redis:\/\/default:\*\*\*@/),
      ttlMs: "forever",
      bytes: 14,
      steps: [{ name: "json", bytes: 14 }],
      fits: false,
      misfit: { path: "value.address", expected: "an object" },
      value: { name: "Ada" },
    });
  });

  it("reads from another server where one is named", async () => {
    await client.set("shop:note:1", "text");
    const url = `redis://:s3cret@127.0.0.1:${server.port}`;
    expect((await run(["get", "note", "--param", "id=1", "--url", url])).stdout).toMatch(/\n"text"\n$/);
  });

  it("ends with 1 where there is no entry", async () => {
    const { code, stdout, stderr } = await run(["get", "note", "--param", "id=none"], { env });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("error C4003 no entry of note has the key shop:note:none\n");
  });

  it("tells what is no entry", async () => {
    await client.rpush("shop:note:list", "x");
    const { code, stderr } = await run(["get", "note", "--param", "id=list"], { env });
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("under the key shop:note:list is something that is no entry"),
    ]);
  });

  const refused: readonly (readonly [argv: readonly string[], message: string])[] = [
    [
      ["user", "--param", "id=x", "--param", "lang=nl"],
      "C1017 the parameters make no key: key parameter user.id must be an integer",
    ],
    [
      ["user", "--param", "id=7"],
      'C1017 the parameters make no key: key parameter user.lang must be "en" or "nl", but is undefined',
    ],
    [["user", "--param", "id"], 'C1017 "id" is no parameter with a value, as in name=value'],
    [["user", "--param", "id=7", "--param", "id=8"], 'C1017 the parameter "id" is given twice'],
    [
      ["note", "--param", "page=7"],
      'C1017 the parameters make no key: the key of note has no parameter "page"; it has id',
    ],
    [["price", "--param", "b=x"], `C1017 the parameter "b" is a hash of JSON, so text is written in quotes of its own`],
    [["nothing"], 'C1016 no cache is called "nothing"'],
    [["banner"], 'C4004 the entries of "local" are in the memory of each process (memory://)'],
    [["money"], 'C4004 the URL of "strict" needs the variable STRICT_URL: the one for money'],
    [["vault"], 'C4004 the URL of "guarded" needs the variable REDIS_PASSWORD: set it to its part of the URL'],
  ];
  for (const [argv, message] of refused) {
    it(`refuses ${argv.join(" ")}`, async () => {
      const { code, stdout, stderr } = await run(["get", ...argv], { env });
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(`error ${message}`);
    });
  }

  it("refuses the memory of development, a scheme that is not allowed, and one that is unknown", async () => {
    expect((await run(["get", "note", "--param", "id=1"])).stderr).toContain("in the memory of each process");
    const strict = await run(["get", "money"], { env: { STRICT_URL: "redis://:s3cret@localhost" } });
    expect(strict.stderr).toContain(
      'C4004 the URL of "strict" begins with redis://, but its schemes allow rediss alone',
    );
    const unknown = await run(["get", "note", "--param", "id=1", "--url", "mysql://root:s3cret@localhost"]);
    expect(unknown.stderr).toContain('C4004 the backend "shared" cannot be read: Unknown backend "mysql"');
    expect(unknown.stderr).not.toContain("s3cret");
  });

  it("has an error of a server that does not answer, within the time of its URL", async () => {
    const hung = await startRedisServer();
    hung.pause();
    const url = `redis://127.0.0.1:${hung.port}?connect-timeout=50ms&command-timeout=50ms`;
    const { code, stderr } = await run(["get", "note", "--param", "id=1", "--url", url]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('C4004 the backend "shared" cannot be read: ')]);
    await hung.stop();
    const dead = await run(["get", "note", "--param", "id=1", "--url", url]);
    expect([dead.code, dead.stderr]).toEqual([1, expect.stringContaining("C4004 ")]);
  });

  it("reads what generated parameters are, of every type", async () => {
    const params = ["a=true", 'b={"tag":"tea"}', "c=2026-11-22T17:00:00Z", "d=12345678901234567890", "e=0.5"];
    const { stdout } = await run(["inspect", "price", "--json", ...params.flatMap((each) => ["--param", each])]);
    const { text } = JSON.parse(stdout).key;
    expect(text).toMatch(/^shop:price:true:[0-9a-f]{32}:2026-11-22T170000\.000Z:12345678901234567890:0\.5$/);
    await client.set(text, Buffer.from(stored(pickle(), [1])));
    const found = await run(["get", "price", "--json", ...params.flatMap((each) => ["--param", each])], { env });
    expect(JSON.parse(found.stdout).value).toEqual([1]);
  });
});
