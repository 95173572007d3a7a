import { backendFromUrl, DummyBackend } from "@cachetory/runtime";
import { describe, expect, test } from "vitest";
import { absenceContract } from "../../contract/backend.ts";
import { lift } from "../../contract/sync-backend.ts";

describe("the backend dummy", () => {
  const backend = new DummyBackend();

  absenceContract(() => ({ backend, key: (suffix) => suffix }));

  test("forgets what is written", async () => {
    expect(await backend.set("a", "x", {})).toBe(true);
    await backend.setMany([["a", "x"]], undefined);
    expect(await backend.get("a", "text")).toBeUndefined();
    expect(await backend.has("a")).toBe(false);
    expect(await backend.set("a", "x", { ifNotExists: true })).toBe(true);
  });

  test("holds everything and shares nothing", () => {
    expect(backend.holds).toEqual(["value", "text", "bytes"]);
    expect(backend.isShared).toBe(false);
  });

  test("is what dummy:// names, and is always ready", async () => {
    const named = backendFromUrl("dummy://");
    expect(named).toBeInstanceOf(DummyBackend);
    await named.ready();
    await named.close();
    await named[Symbol.asyncDispose]();
  });
});

describe("the backend dummy, sync", () => {
  const backend = new DummyBackend().sync();

  absenceContract(() => ({ backend: lift(backend), key: (suffix) => suffix }));

  test("forgets what is written, and is always ready", () => {
    backend.ready();
    expect(backend.set("a", "x", {})).toBe(true);
    backend.setMany([["a", "x"]], undefined);
    expect(backend.get("a", "text")).toBeUndefined();
    expect(backend.has("a")).toBe(false);
    backend.close();
    backend[Symbol.dispose]();
    expect(backend.set("a", "x", { ifNotExists: true })).toBe(true);
  });

  test("holds everything and shares nothing", () => {
    expect(backend.holds).toEqual(["value", "text", "bytes"]);
    expect(backend.isShared).toBe(false);
  });
});
