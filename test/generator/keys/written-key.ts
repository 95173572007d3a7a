import {
  bigintPart,
  boolPart,
  datePart,
  fitKey,
  hashPart,
  intPart,
  numberPart,
  type KeyPattern as RuntimePattern,
  secretPart,
  stringPart,
  uuidPart,
} from "@cachetory/runtime/codegen/v1/core";
import type { KeyPattern, KeyType } from "../../../generator/src/model/declaration.ts";

// Any will do: these keys are made and read in one process.
process.env["TEST_WRITTEN_KEY_SECRET"] = Buffer.alloc(32).toString("base64");
const secretPattern: RuntimePattern = { segments: [{ name: "p", type: "secret" }], secret: "TEST_WRITTEN_KEY_SECRET" };

/** The part of a key that a value becomes, by the runtime itself. */
export function writtenPart(type: KeyType, value: unknown): string {
  switch (type.kind) {
    case "string":
      return stringPart(value as string, "k.p");
    case "int":
      return intPart(value as number, "k.p");
    case "number":
      return numberPart(value as number, "k.p");
    case "bigint":
      return bigintPart(value as bigint, "k.p");
    case "bool":
      return boolPart(value as boolean, "k.p");
    case "uuid":
      return uuidPart(value as string, "k.p");
    case "date":
      return datePart(value as Date, "k.p");
    case "hash":
      return hashPart(value as string, "k.p");
    case "secret":
      return secretPart(value as string, "k.p", secretPattern, 0);
    case "union":
      if (!type.members.includes(value as string)) throw new Error(`${String(value)} is no member`);
      return value as string;
  }
}

/** The pattern as generated code has it. */
export function runtimePattern({ segments }: Pick<KeyPattern, "segments">, revision?: number): RuntimePattern {
  return {
    segments: segments.map((segment) => {
      if (segment.kind === "literal") return segment.text;
      return { name: segment.name, type: segment.type.kind === "union" ? segment.type.members : segment.type.kind };
    }),
    ...(revision !== undefined && { revision }),
  };
}

/** The key that generated code makes of these values. */
export function writtenKey(pattern: Pick<KeyPattern, "segments">, values: object, revision?: number): string {
  const parts = pattern.segments.map((segment) =>
    segment.kind === "literal" ? segment.text : writtenPart(segment.type, Reflect.get(values, segment.name)),
  );
  const suffix = revision === undefined ? "" : `~r${revision}`;
  return fitKey(parts.join("") + suffix, runtimePattern(pattern, revision));
}

/** Values as a finding shows them, which is as TypeScript writes them. */
export function valuesOf(shown: string): object {
  if (shown === "the key") return {};
  const read: () => object = new Function(`return (${shown})`) as () => object;
  return read();
}
