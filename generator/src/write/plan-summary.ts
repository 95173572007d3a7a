import path from "node:path";
import type { OutputPlan, PlannedFile } from "./output-plan.ts";
import type { ShowPath } from "./show-path.ts";

/** `done`: it has been written; `dry-run`: it would be; `check`: it should be. */
export type PlanMood = "done" | "dry-run" | "check";

type Words = Readonly<Record<PlannedFile["kind"], string>>;

const words: Readonly<Record<PlanMood, Words>> = {
  done: { create: "created", update: "updated", orphan: "removed", same: "unchanged" },
  "dry-run": { create: "to create", update: "to update", orphan: "to remove", same: "unchanged" },
  check: { create: "missing", update: "outdated", orphan: "orphaned", same: "up to date" },
};

/** Changed files listed by name. */
const maxListed = 20;

/** The changed files, a line each. */
export function listChanges(plan: OutputPlan, mood: PlanMood, show: ShowPath): readonly string[] {
  const changed = plan.files.filter((file) => file.kind !== "same");
  const lines = changed
    .slice(0, maxListed)
    .map((file) => `${words[mood][file.kind].padEnd(9)} ${show(path.join(plan.folder, file.name))}`);
  const left = changed.length - lines.length;
  return left === 0 ? lines : [...lines, `... and ${left} more`];
}

/** `3 created, 1 updated, 12 unchanged in src/caches (0.12 s)`, of one plan or of several together. */
export function summarizePlans(plans: readonly OutputPlan[], mood: PlanMood, tookMs: number, show: ShowPath): string {
  const files = plans.flatMap((plan) => plan.files);
  const counts = (["create", "update", "orphan", "same"] as const)
    .map((kind) => ({ kind, count: files.filter((file) => file.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${words[mood][kind]}`);
  const nothingWritten = mood === "dry-run" ? "; nothing was written" : "";
  const folders = plans.map((plan) => show(plan.folder));
  return `${counts.join(", ")} in ${folders.join(" and ")} (${(tookMs / 1000).toFixed(2)} s)${nothingWritten}`;
}
