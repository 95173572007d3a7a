import { type CacheDiff, type Effect, effects } from "../../diff/change.ts";
import { commitText } from "../../git/git-tree.ts";
import { type DiffReport, headingOf, summaryOf, titleOf } from "./diff-text.ts";
import { printableLine } from "./printable.ts";

/** What each effect means, for who reads a pull request. */
const meanings: Readonly<Record<Effect, string>> = {
  warm: "entries that are there are read",
  rollout: "the release before misses what the new one writes, until it is gone",
  misses: "entries that are there are found, and are misses until they are written anew",
  cold: "entries that are there are not found any more",
  wrong: "entries may be taken for what they are not",
};

/** For the description of a pull request: a table, and what its words mean. */
export function diffMarkdown({ tree, configs }: DiffReport, show: (file: string) => string): string {
  const tables = configs.flatMap((config) => {
    const heading = headingOf(config, configs.length > 1, show);
    const rows = config.caches.map(rowOf);
    const table = rows.length === 0 ? [] : [["| cache | effect | what |", "|---|---|---|", ...rows].join("\n")];
    return [...(heading === undefined ? [] : [text(heading)]), ...table];
  });
  const used = effects.filter((effect) => configs.some(({ caches }) => caches.some((each) => each.effect === effect)));
  const legend = used.map((effect) => `- **${effect}**: ${meanings[effect]}`).join("\n");
  const parts = [
    `### Caches: ${summaryOf(configs)}`,
    text(`Compared with ${commitText(tree)}.`),
    ...tables,
    ...(legend === "" ? [] : [legend]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function rowOf(diff: CacheDiff): string {
  const changes = diff.changes.flatMap(({ what, message, details = [] }) => [
    `${what}: ${text(message)}`,
    ...details.map((detail) => `• ${text(detail)}`),
  ]);
  const isPlain = diff.kind !== "changed" && changes.length === 0;
  return `| ${text(titleOf(diff))} | ${isPlain ? "" : `**${diff.effect}**`} | ${changes.join("<br>")} |`;
}

/** Text that is no markup: neither of Markdown nor of HTML, nor the end of a cell. */
function text(line: string): string {
  return printableLine(line).replace(/[\\`*_[\]<>|~&@#]/g, (mark) =>
    mark === "<" ? "&lt;" : mark === "&" ? "&amp;" : `\\${mark}`,
  );
}
