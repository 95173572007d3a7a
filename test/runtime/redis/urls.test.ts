import { backendFromUrl, RedisBackend } from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

test.each([
  ["redis+cluster://", "redis+cluster:// needs at least one host. For example: redis+cluster://one:6379,two"],
  ["redis+cluster://one,,two", "the address in the URL is malformed"],
  ["redis+cluster://one:70000", "the address in the URL is malformed"],
  ["redis+cluster://one/3", "a Redis Cluster has the database 0 alone"],
  ["redis+sentinel://one:26379", 'option "master" is missing. Name of the group of servers, as the sentinels know it'],
  ["redis+sentinel://one/main?master=m", "the path of a redis+sentinel:// URL must be the number of a database"],
  ["redis+unix://host/run/redis.sock", "redis+unix:// takes a path and no host"],
  ["redis+unix://", "the path of the socket is missing. For example: redis+unix:///run/redis/redis.sock"],
  ["redis://one,two", "redis:// takes one host. For example: redis://localhost:6379/0"],
  ["redis://:%zz@one", "the address in the URL is malformed"],
  ["redis+cluster://one&max-waiting=1", "the address in the URL is malformed"],
  ["redis://:a#b@one", 'it has a "#". Characters such as / # ? @ % in a user or password must be percent-encoded'],
  ["redis://one?max-waiting=-1", 'option "max-waiting" must be a whole number from 0 to 1000000, not "-1"'],
  ["redis://one?tls-ca=a.pem", 'unknown option "tls-ca"'],
  ["redis://one?lazyConnect=false", 'unknown option "lazyConnect"'],
])("%s is refused: %s", (url, message) => {
  expect(() => backendFromUrl(url)).toThrow(message);
});

test.each([
  ["redis+cluster://me:geheim@one:1,two:2/7"],
  ["redis+sentinel://:geheim@one,two"],
  ["redis+unix://:geheim@host/run.sock"],
  ["redis+unix:///run.sock?password=geheim&db=x"],
  ["redis://:geheim@one,two"],
  ["redis+sentinel://one&sentinel-password=geheim"],
  ["redis+sentinel://&sentinel-password=geheim"],
  ["redis://one/0&password=geheim"],
  ["redis://one/0;password=geheim"],
  ["memory://password=geheim"],
])("no message about %s shows the password", (url) => {
  expect(() => backendFromUrl(url)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining("geheim") }),
  );
});

test.each([
  ["host and a Cluster", { host: "a", cluster: [{ host: "b" }] }, "give one of host and port, path, cluster, sentinel"],
  ["no node", { cluster: [] }, "give at least one address"],
  ["a database of a Cluster", { cluster: [{ host: "b" }], db: 1 }, "a Redis Cluster has the database 0 alone"],
  ["a key alone", { tls: { key: "x" } }, "a client's certificate and its key go together"],
])("options with %s are refused", (_, options, message) => {
  expect(() => new RedisBackend(options)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  expect(() => new RedisBackend(options)).toThrow(message);
});

describe("connections", () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(() => server.stop());

  const connected = async (name: string): Promise<number> =>
    String(await server.ask("CLIENT", "LIST")).split(` name=${name} `).length - 1;

  test("are shared by the backends of one URL, and closed with the last of them", async () => {
    const url = `${server.url}?client-name=shared`;
    const backends = [backendFromUrl(url), backendFromUrl(url), RedisBackend.fromUrl(url)];
    expect(await connected("shared")).toBe(0);
    await Promise.all(backends.map((backend) => backend.ready()));
    expect(await connected("shared")).toBe(1);
    const [first, second, third] = backends;
    await first?.close();
    await first?.close();
    await expect(first?.ready()).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
    await second?.set("a", "x", {});
    await second?.close();
    expect(await third?.get("a", "text")).toBe("x");
    await third?.close();
    await expect.poll(() => connected("shared")).toBe(0);
  });

  test("are not held by a backend that was never used", async () => {
    const url = `${server.url}?client-name=unused`;
    backendFromUrl(url);
    const used = backendFromUrl(url);
    await used.ready();
    await used.close();
    await expect.poll(() => connected("unused")).toBe(0);
  });

  test("are others for other options, and anew after the last was closed", async () => {
    const slow = backendFromUrl(`${server.url}?client-name=others&command-timeout=2s`);
    const fast = backendFromUrl(`${server.url}?client-name=others&command-timeout=20ms`);
    await Promise.all([slow.ready(), fast.ready()]);
    expect(await connected("others")).toBe(2);
    await slow.close();
    const again = backendFromUrl(`${server.url}?client-name=others&command-timeout=2s`);
    await again.ready();
    await Promise.all([fast.close(), again.close()]);
    await expect.poll(() => connected("others")).toBe(0);
  });

  test("are waited for by so many commands and no more, and those of one call count as one", async () => {
    await using backend = backendFromUrl(`${server.url}?max-waiting=2&client-name=waiting`);
    const entries = Array.from({ length: 1_200 }, (_, index) => [`w${index}`, "x"] as const);
    const stored = backend.setMany(entries, undefined);
    const refused = backend.get("w0", "text");
    await expect(refused).rejects.toMatchObject({
      code: "UNAVAILABLE",
      outcome: "none",
      message: expect.stringContaining("2 commands wait for one (max-waiting)"),
    });
    await stored;
    expect(await backend.get("w1199", "text")).toBe("x");
  });
});
