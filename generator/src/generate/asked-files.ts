import type { FileSystem } from "../host.ts";
import { contentHash, listHash } from "../resolve/content-hash.ts";
import type { FileQuestion } from "../resolve/resolution.ts";

/** `files` as they are, while `questions` gets all that is asked of them, with the answers. */
export function askedFiles(files: FileSystem, questions: FileQuestion[]): FileSystem {
  return {
    read: (path) => {
      const content = files.read(path);
      questions.push({ kind: "read", path, hash: content && contentHash(content) });
      return content;
    },
    kind: (path) => {
      const answer = files.kind(path);
      questions.push({ kind: "kind", path, answer });
      return answer;
    },
    list: (path) => {
      const names = files.list(path);
      questions.push({ kind: "list", path, hash: listHash(names) });
      return names;
    },
    entries: (path) => files.entries(path),
    realPath: (path) => {
      const answer = files.realPath(path);
      questions.push({ kind: "realPath", path, answer });
      return answer;
    },
    write: (path, content) => files.write(path, content),
    rename: (from, to) => files.rename(from, to),
    remove: (path) => files.remove(path),
    makeFolder: (path) => files.makeFolder(path),
  };
}
