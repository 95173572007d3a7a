import type { Progress } from "./progress.ts";

/** Everything that the generator asks of the world outside; tests pass one that lives in memory. */
export interface Host {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: FileSystem;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Milliseconds from any fixed moment; only differences are used. */
  nowMs(): number;
  /** What JavaScript holds in memory. */
  heapBytes(): number;
  /** Shows on the terminal of stderr what a run is busy with, once it takes its time. */
  startProgress(): Progress;
  /** All of the standard input. */
  readStdin(): Promise<Uint8Array>;
  /** Runs git in a folder. `undefined` where there is no git. */
  runGit(args: readonly string[], folder: string, input?: string): GitAnswer | undefined;
  /**
   * Calls `changed` with the name of what may have changed directly in a folder, or with none where that is not known, until
   * the function that it returns is called. Throws where the system watches no further folder.
   */
  watchFolder(folder: string, changed: (name: string | undefined) => void): () => void;
}

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFile: boolean;
}

/** Paths are absolute. What cannot be done throws the error of `node:fs`; that something is not there is an answer, no error. */
export interface FileSystem {
  /** `undefined` where there is no such file. */
  read(path: string): Uint8Array | undefined;
  /** What stands there, links followed; `undefined` for nothing. */
  kind(path: string): "file" | "folder" | undefined;
  /** Names in a folder, sorted by code unit; empty where there is no such folder. */
  list(path: string): readonly string[];
  /**
   * Another one after every change of a file, whatever it says then of its times; `undefined` where that is not known. Takes
   * a tenth of the time of reading.
   */
  stamp?(path: string): string | undefined;
  /** What `list` names, with whether each is a file itself: no folder, and no link, wherever it leads. */
  entries(path: string): readonly FolderEntry[];
  /** Without links; the path itself where nothing is there. */
  realPath(path: string): string;
  write(path: string, content: string | Uint8Array): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** With its parents; nothing happens where it is there. */
  makeFolder(path: string): void;
}
