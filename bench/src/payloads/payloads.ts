import { makeArticle } from "./article.ts";
import { asRead } from "./as-read.ts";
import { makeCatalogue } from "./catalogue.ts";
import { makeConfig } from "./config.ts";
import { makeDatedUser } from "./dated-user.ts";
import { makeFeed } from "./feed.ts";
import { makeIssuePage } from "./issue-page.ts";
import { makeNote } from "./note.ts";
import { Random } from "./random.ts";
import { makeSearchPage } from "./search-page.ts";
import { makeDecimalSeries, makeFloatSeries } from "./series.ts";
import { makeSession } from "./session.ts";
import { makeUser } from "./user.ts";

/** One make of values, as codecs are measured on. Its type stands in `cachetory.yaml`, by the same name. */
export interface Payload {
  /** Of the cache in `cachetory.yaml`. */
  readonly name: string;
  /** What a reader of the tables sees. */
  readonly title: string;
  /** Different values, written and read in turn, as every entry of a cache is another one. */
  readonly copies: number;
  readonly make: (random: Random) => unknown;
}

/** The first nine by the letters that the goals name them by; the rest from the life of applications. */
export const payloads: readonly Payload[] = [
  { name: "user", title: "A: a user record", copies: 64, make: makeUser },
  { name: "datedUser", title: "AD: the same, with dates", copies: 64, make: makeDatedUser },
  { name: "catalogue", title: "B: 50 products", copies: 16, make: makeCatalogue },
  { name: "decimals", title: "C: 1,000 times and decimals", copies: 8, make: makeDecimalSeries },
  { name: "floats", title: "C2: 1,000 times and floats", copies: 8, make: makeFloatSeries },
  { name: "config", title: "D: a config of maps and unions", copies: 16, make: makeConfig },
  { name: "note", title: "E: a string of 1 KB", copies: 32, make: makeNote },
  { name: "feed", title: "F: 200 entries of four kinds", copies: 4, make: makeFeed },
  { name: "article", title: "G: an article, not in ASCII", copies: 32, make: makeArticle },
  { name: "session", title: "a session", copies: 64, make: makeSession },
  { name: "searchPage", title: "a page of search results", copies: 16, make: makeSearchPage },
  { name: "issuePage", title: "30 issues of a forge's API", copies: 8, make: makeIssuePage },
];

/** The values of a payload, the same ones in every process. */
export function valuesOf({ name, copies, make }: Payload): readonly unknown[] {
  const random = new Random(payloads.findIndex((payload) => payload.name === name) + 1);
  return random.many(copies, () => asRead(make(random)));
}
