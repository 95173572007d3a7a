import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as core from "@cachetory/runtime/codegen/v1/core";
import * as steps from "@cachetory/runtime/codegen/v1/steps";
import * as typed from "@cachetory/runtime/codegen/v1/typed";
import { expect, test } from "vitest";
import { repository } from "../../support/repository.ts";

/** By this the generator tells a runtime that is too old. Whoever adds a name raises it, here, in package.json and in `check-runtime.ts`. */
const level = 7;

const names = {
  core: `Tries Visits badPart bigintPart bindCaches boolPart bytes collectCaches datePart declareBackend defineCache defineSyncCache fitKey hasNames hashPart intPart isBare isBuiltin isDense isJsonNumber isJsonRecord isList isMap isOwn isPlain isPlainJson isPlainJsonArray isRecord isSet isSurelyJson json layers leafBytes listOf memoizeBatch memoizeFunction memoizeSyncFunction memoizer misfit misfitOfNames mutateFunction mutateSyncFunction nameStep noop numberPart perInstance plainJsonNames plainNames plainObjects secretPart stringPart syncMemoizer tag tagsOf text uuidPart within`,
  steps: `aesGcm brotli chain gzip hmac msgpack offload pickle v8 zlib zstd`,
  typed: `builtinOfText builtinText fitsOf joinNames newRecord readBigint readBuffer readCount readDate readIntegers readLength readNames readNumber readNumbers setOwn typed unreadable valuesOf writeBigint writeBytes writeDate writeIntegers writeLength writeNames writeNumber writeNumbers`,
};

test("what generated code may import is what its level says", () => {
  const { cachetory } = JSON.parse(readFileSync(join(repository, "runtime/package.json"), "utf8"));
  expect(cachetory.codegen.v1).toBe(level);
  const exported = Object.entries({ core, steps, typed }).map(([part, all]) => [
    part,
    Object.keys(all).sort().join(" "),
  ]);
  expect(Object.fromEntries(exported)).toEqual(names);
});

test("the generator asks for that level", () => {
  const source = readFileSync(join(repository, "generator/src/check/check-runtime.ts"), "utf8");
  expect(source).toContain(`const neededLevel = ${level};`);
});
