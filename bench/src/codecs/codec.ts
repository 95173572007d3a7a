import type { Payload } from "../payloads/payloads.ts";
import type { JsonSchema } from "./json-schema.ts";

/** One way from a value to bytes and back. */
export interface Codec {
  readonly encode: (value: unknown) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => unknown;
}

/** What a codec is made for. */
export interface CodecSubject {
  readonly payload: Payload;
  readonly values: readonly unknown[];
  /** Of its type; `undefined` where JSON cannot say it. */
  readonly schema: JsonSchema | undefined;
}

/** A codec by the name of its row. */
export interface CodecEntrant {
  readonly name: string;
  /** Whether a value may come back as another one, such as a date as text; else that is a failure. */
  readonly isLossy?: boolean;
  /** `undefined` where a library has no way to say the type, which shows as a dash. */
  readonly open: (subject: CodecSubject) => Promise<Codec | undefined>;
}
