import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { inspect } from "node:util";
import { backendFromUrl, Cache, json } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

const allOf = (thing: unknown): string => inspect(thing, { depth: 30, showHidden: true });

test("a password is nowhere in the error of a Cluster that refuses it", async () => {
  await using server = await startRedisServer({ password: "another" });
  const { host } = new URL(server.url);
  await using backend = backendFromUrl(`redis+cluster://bob:hunter2@${host}`);
  const refused = await backend.set("k", "v", {}).catch((error: unknown) => error);
  expect(allOf(refused)).toContain("WRONGPASS");
  expect(allOf(refused)).not.toContain("hunter2");
});

test.each([
  ["another password", ":hunter2@", "WRONGPASS "],
  ["none", "", "NOAUTH "],
])(
  "a server that asks for a password and is given %s has the error say where to look, without it",
  async (_, user, reason) => {
    await using server = await startRedisServer({ password: "another" });
    const { host } = new URL(server.url);
    await using backend = backendFromUrl(`redis://${user}${host}`);
    const refused = await backend.set("k", "v", {}).catch((error: unknown) => error);
    expect(String(refused)).toContain(` (${reason}`);
    expect(String(refused)).toMatch(/\. Check the user and the password of the backend's URL\.$/);
    expect(allOf(refused)).not.toContain("hunter2");
  },
);

test("a key and a value are nowhere in the event of a server that is left alone", async () => {
  await using server = await startRedisServer({ config: ["busy-reply-threshold 20"] });
  const told: string[] = [];
  const listen = (event: unknown): void => void told.push(allOf(event));
  subscribe("cachetory:breaker", listen);
  const other = new Redis(server.url);
  const backend = backendFromUrl(`${server.url}?breaker-failures=1`);
  await using cache = new Cache<string, string>({ backend, serializer: json(), prefix: "p:" });
  await cache.ready();
  const blocked = other.eval("while true do end", 0).catch(() => {});
  try {
    await until("it says that it is busy", async () => {
      await cache.set("SECRETKEY", "SECRETVALUE").catch(() => {});
      return told.length > 0;
    });
  } finally {
    unsubscribe("cachetory:breaker", listen);
    const third = new Redis(server.url, { enableReadyCheck: false });
    await third.call("SCRIPT", "KILL");
    await blocked;
    third.disconnect();
    other.disconnect();
  }
  expect(told.join("\n")).toContain("BUSY");
  expect(told.join("\n")).not.toContain("SECRET");
});

test.each([
  "redis://app:1234/hunter2@h:6379",
  "redis://us/er:hunter2@h",
  "rediss://app:7/hunter2@h:6379/0",
  "redis+unix://u:12/hunter2@/tmp/x",
  "redis+cluster://app:7/hunter2@h:6379",
  "redis+sentinel://app:7/hunter2@h:26379/0?master=m",
  "redis:///u:hunter2@h",
  "redis://app:12?hunter2@h",
  "redis://app:12?hunter2=x@h",
  "redis://app:12#hunter2@h",
])("a password with a character that is not encoded is not shown: %s", (url) => {
  const thrown = (() => {
    try {
      return backendFromUrl(url);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toMatchObject({ code: "INVALID_URL" });
  expect(allOf(thrown)).not.toContain("hunter2");
});
