import { fileURLToPath } from "node:url";
import { msgpack, serializerFromUrl } from "@cachetory/runtime";
import { describe, expect, test } from "vitest";
import { hasPythonModule, python, runPython } from "../../../support/python.ts";

const tools = fileURLToPath(new URL("tools.py", import.meta.url));
const ask = (command: string, request: unknown): unknown =>
  JSON.parse(runPython([tools, command], JSON.stringify(request)));

const value = {
  nothing: null,
  truths: [true, false],
  numbers: [0, -1, 255, 65_536, 2 ** 31, 2 ** 40, -(2 ** 40), Number.MAX_SAFE_INTEGER, 0.1, -1.5, 1e300, 5e-324],
  text: ["", "é", "日本 🎉", 'quo"te \\ \n \u0000 \u2028', "\ufeff"],
  nested: { "": [{ deeper: [[], {}] }], __proto: "a".repeat(70_000) },
};

const firsts = ["json", "pickle", ...(hasPythonModule("msgpack") ? ["msgpack"] : [])];
const compressors = ["zlib", "gzip", ...(hasPythonModule("zstandard") ? ["zstd"] : [])];
const pipelines = firsts.flatMap((first) => [first, ...compressors.map((compressor) => `${first}+${compressor}`)]);

describe(python === undefined ? "without a python3" : `with ${python}, asking for ${pipelines.join(", ")}`, () => {
  test("what is written here comes back here, through every pipeline", () => {
    for (const pipeline of pipelines) {
      const serializer = serializerFromUrl(pipeline);
      expect(serializer.deserialize(serializer.serialize(value))).toStrictEqual(value);
    }
  });

  if (python === undefined) return;

  test("Python reads what is written here", () => {
    const entries = Object.fromEntries(pipelines.map((pipeline) => [pipeline, written(pipeline)]));
    expect(ask("read", { value, entries })).toEqual([]);
  });

  test("what Python writes is read here", () => {
    const entries = ask("write", { value, pipelines }) as Readonly<Record<string, string>>;
    expect(Object.keys(entries)).toEqual(pipelines);
    for (const [pipeline, entry] of Object.entries(entries)) {
      const serializer = serializerFromUrl(pipeline);
      const stored = Buffer.from(entry, "hex");
      const read = serializer.deserialize(serializer.out === "text" ? stored.toString("utf8") : stored);
      expect(read, pipeline).toStrictEqual(value);
    }
  });

  test("Python sees when an entry holds another value", () => {
    expect(ask("read", { value: { other: 1 }, entries: { json: written("json") } })).toEqual(["json"]);
  });

  if (!hasPythonModule("msgpack")) return;

  test("Python's msgpack reads moments, bytes, large integers and keys of any kind", () => {
    const stored = msgpack().serialize(
      new Map<unknown, unknown>([
        [1, new Date("2026-11-22T17:00:00.123Z")],
        ["before 1970", new Date(-1_500)],
        ["bytes", new Uint8Array([0, 255])],
        ["large", [2n ** 64n - 1n, -(2n ** 63n)]],
      ]),
    );
    expect(ask("show", Buffer.from(stored).toString("hex"))).toBe(
      "{1: datetime.datetime(2026, 11, 22, 17, 0, 0, 123000, tzinfo=datetime.timezone.utc), " +
        "'before 1970': datetime.datetime(1969, 12, 31, 23, 59, 58, 500000, tzinfo=datetime.timezone.utc), " +
        "'bytes': b'\\x00\\xff', 'large': [18446744073709551615, -9223372036854775808]}",
    );
  });
});

function written(pipeline: string): string {
  const stored = serializerFromUrl(pipeline).serialize(value);
  return (typeof stored === "string" ? Buffer.from(stored) : Buffer.from(stored as Uint8Array)).toString("hex");
}
