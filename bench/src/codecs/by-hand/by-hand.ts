import type { Codec } from "../codec.ts";
import { articleByHand } from "./article.ts";
import { catalogueByHand } from "./catalogue.ts";
import { configByHand } from "./config.ts";
import { feedByHand } from "./feed.ts";
import { noteByHand } from "./note.ts";
import { seriesByHand } from "./series.ts";
import { datedUserByHand, userByHand } from "./user.ts";

/**
 * The least that writes values of one type as `typed` does, by hand: numbers and lengths in few bytes, all text in one piece.
 * It checks nothing of what it writes or reads, marks no entry, and knows ASCII alone, but for G, and texts no
 * longer than they are here: what the machine allows to who does not have to be right.
 */
export const codecsByHand: ReadonlyMap<string, Codec> = new Map([
  ["user", userByHand],
  ["datedUser", datedUserByHand],
  ["catalogue", catalogueByHand],
  ["decimals", seriesByHand],
  ["floats", seriesByHand],
  ["config", configByHand],
  ["note", noteByHand],
  ["feed", feedByHand],
  ["article", articleByHand],
]);
