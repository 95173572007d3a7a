import { Redis } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { expect, test } from "vitest";
import { wireCommands } from "../../../runtime/src/backends/redis-wire.ts";

type Client = Parameters<typeof wireCommands>[0];

/** Commands of a client that answers each of them so, whatever is asked: as if somebody stood between it and the server. */
function answeredWith(reply: unknown, make: () => Redis | Redis5): ReturnType<typeof wireCommands> {
  const client = make();
  client.sendCommand = (command: { readonly resolve: (reply: unknown) => void }) => command.resolve(reply);
  return wireCommands(client as unknown as Client);
}

const anotherKind = "the reply is of another kind than what was asked for";

test.each([
  ["6", () => new Redis({ lazyConnect: true })],
  ["5", () => new Redis5({ lazyConnect: true })],
] as const)("what a client of ioredis %s gives is what was asked for, or an error", async (_, make) => {
  const mget = (reply: unknown): Promise<unknown> => answeredWith(reply, make).mget(["a", "b"]);
  expect(await mget([Buffer.from("ä"), null])).toEqual(["ä", null]);
  await expect(mget([Buffer.from("ä")])).rejects.toThrow(anotherKind);
  await expect(mget([null, null, null])).rejects.toThrow(anotherKind);
  await expect(mget(Buffer.from("ä"))).rejects.toThrow(anotherKind);
  await expect(mget([Buffer.from("ä"), 5])).rejects.toThrow(anotherKind);
  await expect(mget([Buffer.from("ä"), new Error("ERR that server is down")])).rejects.toThrow("that server is down");
  const get = (reply: unknown): Promise<unknown> => answeredWith(reply, make).get("a");
  expect([await get(Buffer.from("ä")), await get(null)]).toEqual(["ä", null]);
  await expect(get([Buffer.from("ä")])).rejects.toThrow(anotherKind);
  await expect(get(5)).rejects.toThrow(anotherKind);
});
