import { isDeepStrictEqual } from "node:util";
import { CachetoryError } from "@cachetory/runtime";
import { type TypedOptions, typed } from "@cachetory/runtime/codegen/v1/typed";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TypeNode } from "../../../generator/src/model/type-ir.ts";
import { codecText, emittedCodec } from "../../support/emitted-codec.ts";
import { fits } from "../validator/fits.ts";
import { RandomSource } from "../validator/random-source.ts";
import { everyRange, randomType, type TypeRange } from "../validator/random-types.ts";
import { fittingValue, mutated } from "../validator/random-values.ts";

/** All but what is of no known form. */
const range: TypeRange = { ...everyRange, kinds: everyRange.kinds.filter((kind) => kind !== "unknown") };

/** Each with 200 spoilt entries; TYPED_FUZZ_TYPES=5000 makes a million of them. */
const hostileTypes = Number(process.env["TYPED_FUZZ_TYPES"] ?? "150");

describe("an emitted codec", () => {
  it("gives back every value exactly, and refuses what does not fit", { timeout: 120_000 }, () => {
    const seen = { fitting: 0, misfits: 0 };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new RandomSource(seed);
        const type = randomType(random, range);
        fc.pre(type.nodes.every(isCarried));
        const serializer = typed(emittedCodec(type));
        for (let count = 0; count < 20; count++) {
          const value = fittingValue(type, random);
          if (!fits(type, value, "do not fit")) continue;
          const read: unknown = serializer.deserialize(serializer.serialize(value));
          // What is documented: where only names within tell two members apart, those of the later one are not kept.
          if (hasLikeMembers(type.nodes) && isPart(read, value)) continue;
          if (!isDeepStrictEqual(read, value)) throw new Error(describeCase(seed, type, value, read));
          seen.fitting += 1;
          const other = mutated(fittingValue(type, random), random);
          const isFit = fits(type, other, "do not fit");
          let stored: Uint8Array | undefined;
          try {
            stored = serializer.serialize(other);
          } catch (error) {
            if (!(error instanceof CachetoryError) || error.code !== "INVALID_VALUE") throw error;
          }
          if ((stored !== undefined) !== isFit) throw new Error(describeCase(seed, type, other, isFit));
          if (stored === undefined) seen.misfits += 1;
          else if (!fits(type, serializer.deserialize(stored)))
            throw new Error(describeCase(seed, type, other, "misread"));
        }
      }),
      { numRuns: 300 },
    );
    expect(seen.fitting).toBeGreaterThan(1000);
    expect(seen.misfits).toBeGreaterThan(300);
  });

  it("reads of bytes that were cut, changed or made up a value of the type, or refuses them", {
    timeout: Math.max(120_000, hostileTypes * 400),
  }, () => {
    const seen = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new RandomSource(seed);
        const type = randomType(random, range);
        fc.pre(type.nodes.every(isCarried));
        const fitting = fittingValue(type, random);
        // A type may have no value.
        fc.pre(fits(type, fitting));
        const options = random.pick<TypedOptions>([{}, { layout: "compact" }, { detach: true }]);
        const serializer = typed(emittedCodec(type), options);
        const whole = serializer.serialize(fitting);
        for (let count = 0; count < 200; count++) {
          const bytes = spoilt(whole, random);
          let value: unknown;
          try {
            value = serializer.deserialize(bytes);
          } catch (error) {
            if (!(error instanceof CachetoryError) || error.code !== "UNREADABLE") {
              throw new Error(describeCase(seed, type, [...bytes], String(error)), { cause: error });
            }
            seen.refused += 1;
            continue;
          }
          if (!fits(type, value)) throw new Error(describeCase(seed, type, [...bytes], value));
          seen.read += 1;
        }
      }),
      { numRuns: hostileTypes },
    );
    expect(seen.read).toBeGreaterThan(500);
    expect(seen.refused).toBeGreaterThan(5000);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});

/** The bytes with some of them changed, cut off, added or repeated; those of the header mostly stay. */
function spoilt(whole: Uint8Array, random: RandomSource): Uint8Array {
  const header = whole.slice(0, 4);
  let body = [...whole.slice(4)];
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const at = random.below(body.length + 1);
    switch (random.below(6)) {
      case 0:
        body = body.slice(0, at);
        break;
      case 1:
        body.splice(at, 0, random.below(256));
        break;
      case 2:
        body.splice(at, 1 + random.below(4));
        break;
      case 3:
        body.splice(at, 0, ...body.slice(at, at + random.below(12)));
        break;
      default:
        body[at] = random.chance(50) ? random.below(256) : (body[at] ?? 0) ^ (1 << random.below(8));
    }
  }
  if (random.chance(10)) body = Array.from({ length: random.below(60) }, () => random.below(256));
  return Uint8Array.from([...(random.chance(3) ? header.map((byte) => byte ^ random.below(2)) : header), ...body]);
}

function isCarried(node: TypeNode): boolean {
  if (node.kind === "object") return node.properties.length > 0 || node.indexes.length > 0;
  return node.kind !== "builtin" || node.name !== "Error";
}

function hasLikeMembers(nodes: readonly TypeNode[]): boolean {
  const isObject = (id: number): boolean => nodes[id]?.kind === "object";
  return nodes.some((node) => node.kind === "union" && !node.tag && node.members.filter(isObject).length > 1);
}

/** Whether an object is another one without some of the names within, and is not the same. */
function isPart(read: unknown, value: unknown): boolean {
  return !isDeepStrictEqual(read, value) && lacksAtMost(read, value);
}

function lacksAtMost(read: unknown, value: unknown): boolean {
  if (isDeepStrictEqual(read, value)) return true;
  if (typeof read !== "object" || typeof value !== "object" || read === null || value === null) return false;
  if (Array.isArray(read) !== Array.isArray(value)) return false;
  const whole = new Map(Object.entries(value));
  const names = Object.keys(read);
  return names.length > 0 && names.every((name) => lacksAtMost(Reflect.get(read, name), whole.get(name)));
}

function describeCase(seed: number, type: Parameters<typeof codecText>[0], value: unknown, other: unknown): string {
  const show = (each: unknown): string =>
    JSON.stringify(each, (_, item: unknown) =>
      typeof item === "bigint" ? `${item}n` : item instanceof Map || item instanceof Set ? [...item] : item,
    );
  return `seed ${seed}\n${show(value)}\n${show(other)}\n${JSON.stringify(type.nodes)}\n${codecText(type)}`;
}
