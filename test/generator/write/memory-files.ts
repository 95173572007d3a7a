import path from "node:path";
import type { FileSystem, FolderEntry } from "../../../generator/src/host.ts";

/** A disk of files, links and folders in memory. A folder is there as long as something is in it or it was made. */
export class MemoryFiles implements FileSystem {
  readonly contents: Map<string, Uint8Array>;
  readonly links: Map<string, string> = new Map();
  readonly folders: Set<string> = new Set(["/"]);

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.contents = new Map(Object.entries(files).map(([file, text]) => [file, Buffer.from(text)]));
    for (const file of this.contents.keys()) this.makeFolder(path.dirname(file));
  }

  /** Every file by path, as text. */
  texts(): Record<string, string> {
    return Object.fromEntries([...this.contents].sort().map(([file, bytes]) => [file, Buffer.from(bytes).toString()]));
  }

  read(file: string): Uint8Array | undefined {
    return this.contents.get(this.#resolve(file));
  }

  kind(file: string): "file" | "folder" | undefined {
    const real = this.#resolve(file);
    return this.contents.has(real) ? "file" : this.folders.has(real) ? "folder" : undefined;
  }

  list(folder: string): readonly string[] {
    const real = this.#resolve(folder);
    const all = [...this.contents.keys(), ...this.links.keys(), ...this.folders];
    return [
      ...new Set(all.filter((file) => file !== "/" && path.dirname(file) === real).map((file) => path.basename(file))),
    ].sort();
  }

  entries(folder: string): readonly FolderEntry[] {
    const real = this.#resolve(folder);
    return this.list(folder).map((name) => ({ name, isFile: this.contents.has(path.join(real, name)) }));
  }

  realPath(file: string): string {
    return this.kind(file) === undefined ? file : this.#resolve(file);
  }

  write(file: string, content: string | Uint8Array): void {
    const real = this.#resolve(file);
    if (!this.folders.has(path.dirname(real))) throw systemError("ENOENT");
    this.contents.set(real, Buffer.from(content));
  }

  rename(from: string, to: string): void {
    const [realFrom, realTo] = [this.#entry(from), this.#entry(to)];
    const content = this.contents.get(realFrom);
    if (content === undefined) throw systemError("ENOENT");
    this.links.delete(realTo);
    this.contents.delete(realFrom);
    this.contents.set(realTo, content);
  }

  remove(file: string): void {
    const entry = this.#entry(file);
    if (!this.links.delete(entry) && !this.contents.delete(entry)) throw systemError("ENOENT");
  }

  makeFolder(folder: string): void {
    const real = this.#resolve(folder);
    if (this.contents.has(real)) throw systemError("EEXIST");
    if (this.folders.has(real)) return;
    this.folders.add(real);
    this.makeFolder(path.dirname(real));
  }

  /** The directory entry itself: links on the way are followed, the last one is not. */
  #entry(file: string): string {
    return file === "/" ? file : path.join(this.#resolve(path.dirname(file)), path.basename(file));
  }

  #resolve(file: string): string {
    const entry = this.#entry(file);
    const target = this.links.get(entry);
    return target === undefined ? entry : this.#resolve(target);
  }
}

export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: as the test wants it`), { code });
}
