import { backendFromUrl, DummyBackend, MemoryBackend, registerBackend } from "@cachetory/runtime";
import { expect, test } from "vitest";

test("a URL names a backend", () => {
  expect(backendFromUrl("memory://")).toBeInstanceOf(MemoryBackend);
  expect(backendFromUrl("MEMORY://")).toBeInstanceOf(MemoryBackend);
  expect(backendFromUrl(new URL("dummy://"))).toBeInstanceOf(DummyBackend);
});

test.each([
  [
    "",
    "INVALID_URL",
    "A backend is given as a URL that begins with dummy://, memory://, redis://, redis+cluster://, redis+sentinel://, redis+unix://, rediss://, rediss+cluster://, rediss+sentinel://",
  ],
  ["memory", "INVALID_URL", "A backend is given as a URL that begins with"],
  ["memory:?a=1", "INVALID_URL", "A backend is given as a URL that begins with"],
  [
    "memroy://",
    "UNKNOWN_SCHEME",
    'Unknown backend "memroy". Did you mean "memory"? Known: dummy, memory, redis, redis+cluster, redis+sentinel, redis+unix, rediss, rediss+cluster, rediss+sentinel',
  ],
  [
    "postgres://u:p@h",
    "UNKNOWN_SCHEME",
    'Unknown backend "postgres". Known: dummy, memory, redis, redis+cluster, redis+sentinel, redis+unix, rediss, rediss+cluster, rediss+sentinel',
  ],
  [
    "memory://host",
    "INVALID_URL",
    "Backend memory://host: memory:// takes options alone. Write memory:// and options alone, as in memory://?name=value.",
  ],
  [
    "memory:///path",
    "INVALID_URL",
    "Backend memory:///path: memory:// takes options alone. Write memory:// and options alone, as in memory://?name=value.",
  ],
  ["dummy://?a=1", "INVALID_OPTION", 'Backend dummy://: unknown option "a". No options are allowed here.'],
  [
    "memory://?max-entires=1",
    "INVALID_OPTION",
    'Backend memory://: unknown option "max-entires". Did you mean "max-entries"? Allowed: max-bytes, max-entries.',
  ],
  [
    "memory://?max-bytes=1tb&max-entries=x",
    "INVALID_OPTION",
    'Backend memory://: option "max-bytes" must be a size such as 500, 64kb, 64mb or 1gb, at least 1, not "1tb".',
  ],
])("%j is %s", (url, code, message) => {
  expect(() => backendFromUrl(url)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

test.each(["redis://user:geheim@host/?nope=1", "redis://user:geheim/1@host:99999", "redsi://user:geheim@host"])(
  "no message shows the password of %s",
  (url) => {
    expect(() => backendFromUrl(url)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("geheim") }),
    );
  },
);

test("a registered scheme makes backends of its URLs", () => {
  registerBackend("mine", (url) => new MemoryBackend({ maxEntries: Number(url.searchParams.get("n")) }));
  expect(backendFromUrl("mine://?n=5")).toBeInstanceOf(MemoryBackend);
  expect(() => registerBackend("mine", () => new DummyBackend())).toThrow('There is a backend "mine" already.');
  expect(() => registerBackend("redis", () => new DummyBackend())).toThrow('There is a backend "redis" already.');
  expect(() => registerBackend("no name", () => new DummyBackend())).toThrow('"no name" is no name for a backend.');
});
