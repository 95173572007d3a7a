import type { Random } from "./random.ts";

interface Entry {
  readonly id: string;
  readonly authorId: string;
  readonly createdAt: string;
  readonly likes: number;
  readonly replies: number;
  readonly isPinned: boolean;
}

export interface TextEntry extends Entry {
  readonly kind: "text";
  readonly text: string;
  readonly language: "en" | "nl" | "de" | "fr";
  readonly mentions: readonly string[];
}

export interface ImageEntry extends Entry {
  readonly kind: "image";
  readonly url: string;
  readonly alt: string | null;
  readonly width: number;
  readonly height: number;
  readonly crop: { readonly x: number; readonly y: number; readonly scale: number };
}

export interface PollEntry extends Entry {
  readonly kind: "poll";
  readonly question: string;
  readonly options: readonly { readonly label: string; readonly votes: number; readonly share: number }[];
  readonly closesAt: string;
}

export interface LinkEntry extends Entry {
  readonly kind: "link";
  readonly url: string;
  readonly title: string;
  readonly summary?: string;
  readonly tags: readonly string[];
}

export type FeedEntry = TextEntry | ImageEntry | PollEntry | LinkEntry;

/** A page of 200 entries of four kinds. */
export type Feed = readonly FeedEntry[];

export function makeFeed(random: Random): Feed {
  return random.many(200, () => makeEntry(random));
}

function makeEntry(random: Random): FeedEntry {
  const entry: Entry = {
    id: random.uuid(),
    authorId: random.uuid(),
    createdAt: random.isoDate(),
    likes: random.below(20_000),
    replies: random.below(400),
    isPinned: random.once(20),
  };
  switch (random.below(4)) {
    case 0:
      return {
        kind: "text",
        ...entry,
        text: random.words(40),
        language: random.pick(["en", "nl", "de", "fr"]),
        mentions: random.many(random.below(3), () => random.words(1)),
      };
    case 1:
      return {
        kind: "image",
        ...entry,
        url: `https://images.example.com/${random.hex(24)}.webp`,
        alt: random.once(3) ? null : random.words(8),
        width: 400 + random.below(2000),
        height: 300 + random.below(2000),
        crop: { x: random.below(1e4) / 1e4, y: random.below(1e4) / 1e4, scale: 1 + random.below(100) / 100 },
      };
    case 2:
      return {
        kind: "poll",
        ...entry,
        question: random.words(10),
        options: random.many(4, () => ({
          label: random.words(2),
          votes: random.below(5000),
          share: random.below(1000) / 1000,
        })),
        closesAt: random.isoDate(),
      };
    default:
      return {
        kind: "link",
        ...entry,
        url: `https://www.example.com/${random.words(4).replaceAll(" ", "/")}`,
        title: random.words(8),
        ...(random.once(2) && { summary: random.words(16) }),
        tags: random.many(1 + random.below(4), () => random.words(1)),
      };
  }
}
