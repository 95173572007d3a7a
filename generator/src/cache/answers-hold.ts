import type { FileSystem } from "../host.ts";
import { contentHash, listHash } from "../resolve/content-hash.ts";
import { farReachingFiles, sourcesStamp } from "../resolve/far-reaching-files.ts";
import { readOrAbsent } from "../resolve/read-or-absent.ts";
import type { FileQuestion } from "../resolve/resolution.ts";

/** Beyond this many questions, asking them all again is not cheap any more. */
export const maxQuestions = 20_000;

/** Whether the file system would answer every question as it did. Asks the cheap ones first, and stops at the first no. */
export function answersHold(questions: readonly FileQuestion[], files: FileSystem): boolean {
  const byCost = [...questions].sort((a, b) => cost[a.kind] - cost[b.kind]);
  try {
    return byCost.every((question) => answerHolds(question, files));
  } catch {
    // What cannot be asked any more (a folder without permission, say) has no answer that holds.
    return false;
  }
}

/**
 * The files of which nothing but the text is another one than it was when asked for; `undefined` where any other answer has
 * changed.
 */
export function changedTexts(questions: readonly FileQuestion[], files: FileSystem): ReadonlySet<string> | undefined {
  const changed = questions.filter((question) => !answersHold([question], files));
  const isText = ({ kind, path }: FileQuestion): boolean => kind === "read" && files.kind(path) === "file";
  return changed.every(isText) ? new Set(changed.map(({ path }) => path)) : undefined;
}

const cost: Readonly<Record<FileQuestion["kind"], number>> = { kind: 0, list: 1, realPath: 2, read: 3, farReaching: 4 };

function answerHolds(question: FileQuestion, files: FileSystem): boolean {
  switch (question.kind) {
    case "kind":
      return files.kind(question.path) === question.answer;
    case "list":
      return listHash(files.list(question.path)) === question.hash;
    case "realPath":
      return files.realPath(question.path) === question.answer;
    case "farReaching":
      return (
        (question.stamp !== undefined && sourcesStamp(question.path, question.without, files) === question.stamp) ||
        listHash(farReachingFiles(question.path, question.without, files)) === question.hash
      );
    case "read": {
      // By content, not by time and size: a checkout or a copy may keep both and change a letter. Reading all of
      // @types/node takes some 10 ms.
      const content = readOrAbsent(question.path, files);
      return (content === undefined ? undefined : contentHash(content)) === question.hash;
    }
  }
}
