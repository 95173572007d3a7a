import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pickle } from "@cachetory/runtime";
import { describe, expect, test } from "vitest";
import { python, runPython } from "../../../support/python.ts";
import { javaScriptValues } from "./python-values.ts";

type Vectors = Readonly<Record<string, readonly string[]>>;

const program = fileURLToPath(new URL("python_values.py", import.meta.url));
const committed: Vectors = JSON.parse(readFileSync(new URL("vectors.json", import.meta.url), "utf8"));
const protocols = [0, 1, 2, 3, 4, 5];

function expectRead(vectors: Vectors, name: string, protocol: number): void {
  const stored = Buffer.from(vectors[name]?.[protocol] ?? "", "hex");
  expect(pickle().deserialize(stored)).toStrictEqual(javaScriptValues[name]);
}

test("the committed pickles hold every value", () => {
  expect(Object.keys(committed)).toEqual(Object.keys(javaScriptValues));
});

describe.each(Object.keys(javaScriptValues))("%s", (name) => {
  test.each(protocols)("is read as Python wrote it in protocol %d", (protocol) => {
    expectRead(committed, name, protocol);
  });

  test.each(protocols)("comes back from protocol %d", (pickleProtocol) => {
    const serializer = pickle({ pickleProtocol });
    expect(serializer.deserialize(serializer.serialize(javaScriptValues[name]))).toStrictEqual(javaScriptValues[name]);
  });
});

if (python === undefined) {
  test("there is no python3 here, so that the committed pickles stand for it", () => {
    expect(Object.keys(committed).length).toBeGreaterThan(30);
  });
} else {
  describe("the python3 of this machine", () => {
    test("writes what is read here, in every protocol", () => {
      const vectors: Vectors = JSON.parse(runPython([program, "vectors"]));
      expect(Object.keys(vectors)).toEqual(Object.keys(javaScriptValues));
      for (const name of Object.keys(vectors)) for (const protocol of protocols) expectRead(vectors, name, protocol);
    });

    test("reads what is written here, in every protocol", () => {
      const written = Object.fromEntries(
        Object.entries(javaScriptValues).map(([name, value]) => [
          name,
          protocols.map((pickleProtocol) => Buffer.from(pickle({ pickleProtocol }).serialize(value)).toString("hex")),
        ]),
      );
      expect(JSON.parse(runPython([program, "check"], JSON.stringify(written)))).toEqual([]);
    });
  });
}
