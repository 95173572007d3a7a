import { type TypedOptions, typed } from "@cachetory/runtime/codegen/v1/typed";
import type { TypeIr, TypeNode } from "../../../generator/src/model/type-ir.ts";
import { fits } from "../../generator/validator/fits.ts";
import { RandomSource } from "../../generator/validator/random-source.ts";
import { everyRange, randomType, type TypeRange } from "../../generator/validator/random-types.ts";
import { fittingValue } from "../../generator/validator/random-values.ts";
import { emittedCodec } from "../../support/emitted-codec.ts";
import { type FuzzTarget, type NamedTarget, usual } from "../fuzz-target.ts";
import { isOf } from "./decoders.ts";

/** All but what is of no known form. */
const range: TypeRange = { ...everyRange, kinds: everyRange.kinds.filter((kind) => kind !== "unknown") };
const typeCount = 40;

interface EmittedType {
  readonly type: TypeIr;
  readonly serializer: ReturnType<typeof typed<unknown>>;
}

/** Whatever bytes there are: what is read is a value of the type, and comes back. The first byte says of which type. */
function typedTarget(name: string, options: TypedOptions): FuzzTarget {
  const random = new RandomSource(7);
  const emitted: EmittedType[] = [];
  const seeds: Uint8Array[] = [];
  while (emitted.length < typeCount) {
    const type = randomType(random, range);
    const values = Array.from({ length: 4 }, () => fittingValue(type, random)).filter((value) => fits(type, value));
    if (!type.nodes.every(isCarried) || values.length === 0) continue;
    const serializer = typed(emittedCodec(type), options);
    for (const value of values) seeds.push(Uint8Array.of(emitted.length, ...serializer.serialize(value)));
    emitted.push({ type, serializer });
  }
  return {
    ...usual,
    name,
    seeds,
    watched: ["/runtime/dist/", "emitted-codec-"],
    run(input) {
      // There is one for each number below.
      const { type, serializer } = emitted[(input[0] ?? 0) % typeCount] as EmittedType;
      let value: unknown;
      try {
        value = serializer.deserialize(input.subarray(1));
      } catch (error) {
        if (isOf(error, "UNREADABLE")) return false;
        throw error;
      }
      if (!fits(type, value)) throw new Error("It read a value that is not of its type.");
      const stored = new Uint8Array(serializer.serialize(value));
      const again = serializer.serialize(serializer.deserialize(stored));
      // Of bytes, for an invalid date is equal to none.
      if (!Buffer.from(again).equals(stored)) throw new Error("What it wrote it reads as another value.");
      return true;
    },
  };
}

function isCarried(node: TypeNode): boolean {
  if (node.kind === "object") return node.properties.length > 0 || node.indexes.length > 0;
  return node.kind !== "builtin" || node.name !== "Error";
}

export const typedTargets: readonly NamedTarget[] = [
  { name: "typed-fast", make: () => typedTarget("typed-fast", {}) },
  { name: "typed-compact", make: () => typedTarget("typed-compact", { layout: "compact" }) },
  { name: "typed-detached", make: () => typedTarget("typed-detached", { detach: true }) },
];
