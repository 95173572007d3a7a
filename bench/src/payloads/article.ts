import type { Random } from "./random.ts";

/** Text beyond ASCII: three languages and emoji. */
export interface Article {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly body: string;
  readonly reactions: readonly string[];
  readonly words: number;
}

const sentences = {
  ja: [
    "価格は毎日変わります。",
    "この自転車は十二秒で折りたためます。",
    "在庫は倉庫ごとに数えられます。",
    "詳しくは店舗まで。",
  ],
  de: ["Die Größe läßt sich ändern. ", "Über Maße und Gewichte wird täglich geprüft. ", "Schön für jeden Zweck. "],
  ru: ["Цены меняются каждый день. ", "Велосипед складывается за двенадцать секунд. ", "Остатки считают по складам. "],
} as const;

export function makeArticle(random: Random): Article {
  const language = random.pick(["ja", "de", "ru"]);
  const text = (count: number): string => random.many(count, () => random.pick<string>(sentences[language])).join("");
  return {
    slug: random.words(3).replaceAll(" ", "-"),
    title: text(1),
    summary: `${text(3)}${random.pick(["🚲", "🎉", "🧭"])}`,
    body: text(language === "ja" ? 34 : 28),
    reactions: random.many(3, () => random.pick(["👍", "🎉", "❤️", "🚀"])),
    words: random.below(500),
  };
}
