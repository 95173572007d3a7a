import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeCertificates } from "../support/certificates.ts";
import { makeTemporaryFolder, removeTemporaryFolder } from "../support/clean-up.ts";
import { type RedisServer, startRedisServer } from "../support/redis-server.ts";
import { repository, tscOf } from "../support/repository.ts";
import { runOrThrow } from "../support/run-program.ts";
import { until } from "../support/until.ts";

let folder: string;
let server: RedisServer | undefined;

beforeEach(() => {
  folder = makeTemporaryFolder("test");
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  removeTemporaryFolder(folder);
});

test("a server listens on a port and on a unix socket, and takes lines of redis.conf", async () => {
  server = await startRedisServer({
    password: "secret word",
    config: ["maxmemory 10mb", "user reader on >pw ~app:* +@read"],
  });
  const client = new Redis({ path: server.socketPath, password: "secret word" });
  expect(await client.config("GET", "maxmemory")).toEqual(["maxmemory", "10485760"]);
  const reader = new Redis({ port: server.port, username: "reader", password: "pw", enableReadyCheck: false });
  expect(await reader.get("app:a")).toBeNull();
  await expect(reader.set("app:a", "x")).rejects.toThrow("NOPERM");
  reader.disconnect();
  client.disconnect();
});

test("a server is killed, started again on its port, paused and resumed", async () => {
  server = await startRedisServer();
  const { port } = server;
  await server.kill();
  await expect(server.ask("PING")).rejects.toThrow();
  expect(server.isServing).toBe(false);
  await server.restart();
  expect([await server.ask("PING"), server.port, server.isServing]).toEqual(["PONG", port, true]);
  server.pause();
  const client = new Redis({ port, commandTimeout: 50 });
  client.on("error", () => {});
  await expect(client.ping()).rejects.toThrow("timed out");
  server.resume();
  await until("it answers again", async () => (await client.ping()) === "PONG");
  client.disconnect();
});

test("a server that speaks TLS is trusted by its authority, and may ask for a certificate", async () => {
  const certificates = await makeCertificates(folder);
  const ca = certificates.authority.cert;
  server = await startRedisServer({ tls: { certificates, clients: "required" } });
  expect(server.url).toBe(`rediss://127.0.0.1:${server.port}`);
  expect(await server.ask("PING")).toBe("PONG");
  const known = { ca, cert: certificates.client.cert, key: certificates.client.key };
  const byName = new Redis({ host: "localhost", family: 4, port: server.port, tls: known });
  expect(await byName.ping()).toBe("PONG");
  byName.disconnect();
  for (const tls of [{}, { ca }]) {
    const stranger = new Redis({ port: server.port, tls, retryStrategy: () => null, lazyConnect: true });
    stranger.on("error", () => {});
    await expect(stranger.connect().then(() => stranger.ping())).rejects.toThrow();
    stranger.disconnect();
  }
});

test("neither processes nor folders outlive a test run that is killed", async () => {
  const source = join(repository, "test/support/clean-up.ts");
  const compiled = [
    "--outDir",
    folder,
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--types",
    "node",
    "--skipLibCheck",
  ];
  await runOrThrow(process.execPath, [tscOf("7"), "--ignoreConfig", source, ...compiled], { cwd: repository });
  const program = `
    import { spawn } from "node:child_process";
    import { killWithThisProcess, makeTemporaryFolder } from "./clean-up.js";
    const child = spawn("sleep", ["60"], { stdio: "inherit" });
    killWithThisProcess(child.pid);
    console.log(makeTemporaryFolder("left"));
    setInterval(() => {}, 1000);`;
  writeFileSync(join(folder, "run.mjs"), program);
  const run = spawn(process.execPath, [join(folder, "run.mjs")], { stdio: ["ignore", "pipe", "inherit"] });
  const left = await new Promise<string>((resolve) => {
    run.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  expect(existsSync(left)).toBe(true);
  // The pipe is shared: it ends when the last of the two has gone.
  const allGone = once(run, "close");
  run.kill("SIGKILL");
  await allGone;
  await until("the folder is gone", async () => !existsSync(left));
});
