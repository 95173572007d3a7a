import type { Contest } from "../harness/contest.ts";

export const generateCell = "1,000 caches";

/** The serializer that all caches have, by name. */
export const generateContest: Contest = {
  title: "generate",
  stand: new URL("./generate-stand.js", import.meta.url),
  contenders: ["json", "typed"],
  cells: [generateCell],
  setup: () => undefined,
};
