import type { Note } from "../../payloads/note.ts";
import type { Codec } from "../codec.ts";
import { type Bytes, slabFor, textOf, viewOf } from "./wire.ts";

// E.

export const noteByHand: Codec = {
  encode(value) {
    const { used } = slabFor(4096);
    return viewOf(used, value as Note);
  },
  decode: (stored) => textOf(stored as Bytes),
};
