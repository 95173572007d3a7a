import { RedisBackend } from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { type RespServer, startRespServer } from "../../support/resp/resp-server.ts";

// Servers that cannot be had everywhere, as far as a backend can tell.
const servers = [
  {
    name: "a Redis 8.4, which has MSETEX",
    commands: memoryCommands({ msetex: true }),
    identity: { server: "redis", version: "8.4.0" },
  },
  { name: "a Valkey", commands: memoryCommands(), identity: { server: "valkey", version: "8.1.1" } },
] as const;

describe.each(servers)("$name", ({ name, commands, identity }) => {
  let server: RespServer;

  beforeAll(async () => {
    server = await startRespServer(commands, identity);
  });
  afterAll(() => server.stop());

  backendContract(name, {
    make: () => new RedisBackend({ host: "127.0.0.1", port: server.port }),
    now: () => Date.now(),
    passTime: (ms, isOver) => expect.poll(isOver, { timeout: ms + 5000 }).toBe(true),
  });
});
