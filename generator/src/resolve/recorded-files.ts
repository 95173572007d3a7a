import type { FileSystem } from "../host.ts";
import { contentHash, listHash } from "./content-hash.ts";
import { farReachingFiles, sourcesStamp } from "./far-reaching-files.ts";
import { readOrAbsent } from "./read-or-absent.ts";
import type { FileQuestion } from "./resolution.ts";

/**
 * A file system to read from that keeps every question with its answer, and gives the same answer to the same question
 * twice: what one resolution sees is one state of the disk.
 */
export class RecordedFiles {
  /** To look at what another question stands for: nothing that is asked of it is kept. */
  readonly unrecorded: FileSystem;
  readonly #texts = new Map<string, string | undefined>();
  readonly #kinds = new Map<string, "file" | "folder" | undefined>();
  readonly #lists = new Map<string, readonly string[]>();
  readonly #realPaths = new Map<string, string>();
  readonly #farReaching = new Map<string, readonly string[]>();
  readonly #reads: FileQuestion[] = [];

  constructor(files: FileSystem) {
    this.unrecorded = files;
  }

  /** `undefined` where there is no such file. */
  read(path: string): string | undefined {
    return remember(this.#texts, path, () => {
      const content = readOrAbsent(path, this.unrecorded);
      this.#reads.push({ kind: "read", path, hash: content === undefined ? undefined : contentHash(content) });
      return content === undefined ? undefined : decode(content);
    });
  }

  kind(path: string): "file" | "folder" | undefined {
    return remember(this.#kinds, path, () => this.unrecorded.kind(path));
  }

  list(path: string): readonly string[] {
    return remember(this.#lists, path, () => this.unrecorded.list(path));
  }

  realPath(path: string): string {
    return remember(this.#realPaths, path, () => this.unrecorded.realPath(path));
  }

  /** What `farReachingFiles` finds. */
  farReaching(path: string, without: readonly string[]): readonly string[] {
    return remember(this.#farReaching, JSON.stringify([path, without]), () => {
      // Before they are read: what changes meanwhile has another one afterwards.
      const stamp = sourcesStamp(path, without, this.unrecorded);
      const found = farReachingFiles(path, without, this.unrecorded);
      this.#reads.push({ kind: "farReaching", path, without, stamp, hash: listHash(found) });
      return found;
    });
  }

  /** All questions so far, each once. */
  questions(): readonly FileQuestion[] {
    const questions: FileQuestion[] = [];
    for (const [path, answer] of this.#kinds) {
      // That a file was read says already that it is a file.
      if (answer !== "file" || this.#texts.get(path) === undefined) questions.push({ kind: "kind", path, answer });
    }
    for (const [path, names] of this.#lists) questions.push({ kind: "list", path, hash: listHash(names) });
    for (const [path, answer] of this.#realPaths) questions.push({ kind: "realPath", path, answer });
    return [...questions, ...this.#reads];
  }
}

function remember<Answer>(answers: Map<string, Answer>, path: string, ask: () => Answer): Answer {
  const known = answers.get(path);
  if (known !== undefined || answers.has(path)) return known as Answer;
  const answer = ask();
  answers.set(path, answer);
  return answer;
}

/** As the compiler reads: UTF-8, or UTF-16 where the byte order mark says so. */
function decode(content: Uint8Array): string {
  const [first, second] = content;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(content);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(content);
  return new TextDecoder().decode(content);
}
