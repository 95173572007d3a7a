import { expect, test } from "vitest";
import { bulkContest, callsContest } from "../src/redis/contests.ts";
import { gatheredClient, gatheredTypedClient, oursTyped } from "../src/redis/entrants.ts";

const server = { host: "127.0.0.1", port: 6379 };
const times = { warmMs: 1, leadMs: 1, cellMs: 1 };

test("typed entries by hand are measured where a goal for typed entries is", () => {
  expect(callsContest("page", server, times).contenders).toEqual(
    expect.arrayContaining([gatheredClient, gatheredTypedClient, oursTyped]),
  );
  for (const contest of [callsContest("product", server, times), bulkContest(server)]) {
    expect(contest.contenders).toContain(gatheredClient);
    expect(contest.contenders).not.toContain(gatheredTypedClient);
  }
});

test("who has no read of his own takes part where reads through a cache are", () => {
  expect(callsContest("product", server, times).contenders).toContain("cachified");
  expect(callsContest("page", server, times).contenders).not.toContain("cachified");
});
