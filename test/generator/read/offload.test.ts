import { describe, expect, it } from "vitest";
import { cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

const withOffload = (written: string, serializer = "text+zlib"): string =>
  cacheWith("key: c", "value: string", `serializer: ${serializer}`, `offload: ${written}`);

describe("offload", () => {
  for (const [text, minBytes] of [
    ["always", 0],
    ["500b", 500],
    ["64kb", 65_536],
    ["64KB", 65_536],
    ["16mb", 16_777_216],
    ["1gb", 1_073_741_824],
  ] as const) {
    it(`may be ${text}`, () => {
      expect(declarationsOf(withOffload(text)).caches[0]?.offload).toEqual({ text: text.toLowerCase(), minBytes });
    });
  }

  it("is none where it is not written", () => {
    expect(declarationsOf(cacheWith("key: c", "value: string")).caches[0]?.offload).toBeUndefined();
  });

  for (const written of ["64", '"64"']) {
    it(`is not the bare number ${written}`, () => {
      expect(findingsIn(withOffload(written))).toEqual([
        {
          at: "11:14",
          text: written,
          code: "C1502",
          message: '"offload" is the bare number 64, which could be bytes or kilobytes',
          hint: "Write 64kb for kilobytes or 64b for bytes",
        },
      ]);
    });
  }

  const sizes = "Sizes are written 500b, 64kb, 16mb or 1gb";
  for (const [written, hint] of [
    ["64 kb", sizes],
    ["1.5mb", sizes],
    ["-1kb", sizes],
    ["99999999999gb", sizes],
    ["0kb", `Write always to offload every value. ${sizes}`],
    ["true", `Write always to offload every value. ${sizes}`],
    ["false", "Leave it out to keep everything on the calling thread"],
    ["never", "Leave it out to keep everything on the calling thread"],
  ] as const) {
    it(`is not ${written}`, () => {
      const message = `"offload" must be always or a size, not "${written}"`;
      expect(findingsIn(withOffload(written))).toMatchObject([{ code: "C1502", text: written, message, hint }]);
    });
  }

  it("is not a list, nor empty", () => {
    expect(findingsIn(withOffload("[64kb]"))).toMatchObject([
      {
        code: "C1008",
        text: "[64kb]",
        message: '"offload" must be text, not a list',
        hint: "For example: offload: 64kb",
      },
    ]);
    expect(findingsIn(withOffload(""))).toMatchObject([
      { code: "C1008", message: '"offload" is empty; it must be text', hint: "For example: offload: 64kb" },
    ]);
  });
});

describe("offload of a cache", () => {
  for (const serializer of ["json+zstd", "text+brotli", "pickle", "msgpack", "v8+gzip", "[text, zlib]"]) {
    it(`is of use with ${serializer}`, () => {
      expect(declarationsOf(withOffload("64kb", serializer)).caches[0]?.offload?.minBytes).toBe(65_536);
    });
  }

  for (const serializer of ["json", "json://?strict=true", "text", "v8"]) {
    it(`is found where it has nothing to do: with ${serializer}`, () => {
      const scheme = serializer.replace(/:.*/, "");
      expect(findingsIn(withOffload("64kb", serializer))).toEqual([
        {
          at: "11:14",
          text: "64kb",
          code: "C1503",
          message: `"offload" has nothing to do: "${scheme}" stays on the calling thread`,
          hint: `Leave it out, or add a compressor: ${scheme}+zstd`,
        },
      ]);
    });
  }

  it("has a way out where the serializer is noop, which nothing can follow", () => {
    expect(findingsIn(withOffload("64kb", "noop"))).toMatchObject([
      { code: "C1503", hint: "Leave it out, or add a compressor: json+zstd" },
    ]);
  });
});

describe("offload in defaults", () => {
  const shared = (...caches: readonly string[]): string =>
    [
      "version: 1",
      "output: src/caches",
      "backends: { local: memory:// }",
      "defaults: { backend: local, ttl: 1h, offload: 64kb }",
      "caches:",
      ...caches.map((cache) => `  ${cache}`),
      "",
    ].join("\n");

  it("is for those caches that can use it, unless they say otherwise", () => {
    const { caches } = declarationsOf(
      shared(
        "a: { key: a, value: string, serializer: text+zlib }",
        "b: { key: b, value: string }",
        "c: { key: c, value: string, serializer: pickle, offload: always }",
      ),
    );
    expect(caches.map(({ offload }) => offload?.text)).toEqual(["64kb", undefined, "always"]);
  });

  it("is found where no cache can", () => {
    expect(findingsIn(shared("a: { key: a, value: string }", "b: { key: b, value: number }"))).toEqual([
      {
        at: "4:47",
        text: "64kb",
        code: "C1503",
        message: '"offload" in "defaults" has nothing to do in any cache',
        hint: "Leave it out, or add a compressor to a serializer: json+zstd",
      },
    ]);
  });

  it("is not blamed where a cache could not be read", () => {
    const yaml = shared("a: { key: a, value: string }", "b: { key: b, value: number, serializer: zstt }");
    expect(findingsIn(yaml).map(({ code }) => code)).toEqual(["C1103"]);
  });
});
