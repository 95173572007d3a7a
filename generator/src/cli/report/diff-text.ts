import { createColors } from "picocolors";
import { type CacheDiff, type Change, type Effect, effects } from "../../diff/change.ts";
import type { ConfigDiff, Difference } from "../../diff/diff-configs.ts";
import { commitText } from "../../git/git-tree.ts";
import { count } from "../count.ts";
import { printable, printableLine } from "./printable.ts";

/** A difference with the worst of its effects. */
export interface DiffReport extends Pick<Difference, "tree" | "configs"> {
  readonly effect: Effect;
}

/**
 * For people: each cache with what becomes of its entries, and why.
 *
 * ```text
 * userProfile: misses
 *   type: entries that do not fit the new type are misses
 *     UserProfile.address.zip: was optional, is required
 * ```
 */
export function diffText({ tree, configs }: DiffReport, show: (file: string) => string, hasColor: boolean): string {
  const colors = createColors(hasColor);
  const paints: Readonly<Record<Effect, (text: string) => string>> = {
    warm: colors.green,
    rollout: colors.yellow,
    misses: colors.yellow,
    cold: colors.yellow,
    wrong: colors.red,
  };
  const paragraphs = configs.flatMap((config) => {
    const heading = headingOf(config, configs.length > 1, show);
    const diffs = config.caches.map((cache) => {
      const { effect, changes } = cache;
      const title = `${colors.bold(titleOf(cache))}${changes.length === 0 ? "" : `: ${paints[effect](effect)}`}`;
      return [title, ...changes.flatMap(linesOf)].join("\n");
    });
    return [...(heading === undefined ? [] : [printableLine(heading)]), ...diffs];
  });
  const compared = printableLine(`Compared with ${commitText(tree)}.`);
  return `${[compared, ...paragraphs, summaryOf(configs)].join("\n\n")}\n`;
}

/** A file where there are several, or where it is new. */
export function headingOf(
  { file, isNew }: ConfigDiff,
  isOneOfSeveral: boolean,
  show: (file: string) => string,
): string | undefined {
  if (isNew) return `${show(file)} was not there: all that it declares is new.`;
  return isOneOfSeveral ? show(file) : undefined;
}

export function titleOf({ kind, subject, name, formerName }: CacheDiff): string {
  const what = subject === "function" ? `function ${name}` : name;
  if (kind !== "changed") return `${what} (${kind})`;
  return formerName === undefined ? what : `${what} (before: ${formerName})`;
}

/** `1 wrong, 2 cold, 3 warm`, the worst first. */
export function summaryOf(configs: readonly ConfigDiff[]): string {
  const all = configs.flatMap(({ caches }) => caches);
  if (all.length === 0) return "No cache has changed.";
  const counts = [...effects].reverse().flatMap((effect) => {
    const number = all.filter((each) => each.effect === effect).length;
    return number === 0 ? [] : [`${number} ${effect}`];
  });
  const caches = all.filter(({ subject }) => subject === "cache").length;
  const functions = all.length - caches;
  const subjects = [caches > 0 ? count(caches, "cache") : "", functions > 0 ? count(functions, "function") : ""];
  return `${subjects.filter((text) => text !== "").join(", ")}: ${counts.join(", ")}.`;
}

function linesOf({ what, message, details = [] }: Change): readonly string[] {
  return [`  ${what}: ${message}`, ...details.map((detail) => `    ${detail}`)].map(printable);
}
