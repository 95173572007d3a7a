import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Stand } from "../harness/contest.ts";
import { nanosecondsOf, warmUp } from "../harness/cpu-time.ts";
import { payloads, valuesOf } from "../payloads/payloads.ts";
import { codecEntrants } from "./entrants.ts";
import type { JsonSchema } from "./json-schema.ts";

/** What the process of a codec is told. */
export interface CodecSetup {
  readonly payload: string;
  /** So long it writes, and reads, each time; in milliseconds, as the next. */
  readonly sliceMs: number;
  readonly warmMs: number;
}

const schemas = new URL("../../schemas.json", import.meta.url);

/** One codec for one payload. Besides times it tells of the bytes, and whether values come back as they were. */
export async function open(contender: string, { payload: name, sliceMs, warmMs }: CodecSetup): Promise<Stand> {
  const payload = payloads.find((each) => each.name === name);
  const entrant = codecEntrants.find((each) => each.name === contender);
  if (payload === undefined || entrant === undefined) throw new Error(`There is no ${contender} for ${name}.`);
  const values = valuesOf(payload);
  const known = JSON.parse(readFileSync(schemas, "utf8")) as Readonly<Record<string, JsonSchema>>;
  const codec = await entrant.open({ payload, values, schema: known[name] });
  if (codec === undefined) return { measure: async () => undefined, close: async () => undefined };
  // Encoders hand out views of what they write into next.
  const stored = values.map((value) => Buffer.from(codec.encode(value)));
  const isExact = values.every((value, index) => isDeepStrictEqual(codec.decode(stored[index] as Buffer), value));
  if (!isExact && entrant.isLossy !== true) throw new Error(`${contender} gives back another value for ${name}.`);
  const bytes = stored.reduce((sum, { length }) => sum + length, 0) / stored.length;
  // All values in turn.
  const write = (): void => {
    for (const value of values) codec.encode(value);
  };
  const read = (): void => {
    for (const each of stored) codec.decode(each);
  };
  await warmUp([write, read], warmMs);
  return {
    measure: async () => ({
      encodeNs: await nanosecondsOf(write, values.length, sliceMs),
      decodeNs: await nanosecondsOf(read, values.length, sliceMs),
      bytes,
      isExact: Number(isExact),
    }),
    close: async () => undefined,
  };
}
