import { type Backend, KeyvStore, MemoryBackend, RedisBackend } from "@cachetory/runtime";
import keyvTestSuite, { keyvIteratorTests } from "@keyv/test-suite";
import { Keyv } from "keyv";
import * as vitest from "vitest";
import { startRedisServer } from "../support/redis-server.ts";

const { afterAll, describe } = vitest;

const server = await startRedisServer();
afterAll(() => server.stop());

describe.each<[name: string, make: () => Backend]>([
  ["memory", () => new MemoryBackend()],
  ["redis", () => new RedisBackend({ host: "127.0.0.1", port: server.port })],
])("Keyv's own suite, on %s", (_, make) => {
  const backend = make();
  afterAll(() => backend.close());

  keyvTestSuite(vitest, Keyv, () => new KeyvStore(backend));
  keyvIteratorTests(vitest, Keyv, () => new KeyvStore(backend));
});
