import type { ts } from "ts-morph";

/**
 * Source files that were parsed before, for resolutions that follow each other: of what a project depends on, nearly
 * nothing changes between two. Programs share source files, as they do in an editor.
 */
export class ParsedSources {
  readonly #kept = new Map<string, { readonly text: string; readonly source: ts.SourceFile }>();
  #options = "";

  /** How a file is parsed depends on the options of the project: with others, all begins anew. */
  begin(options: ts.CompilerOptions): void {
    const written = JSON.stringify(options);
    if (written !== this.#options) this.#kept.clear();
    this.#options = written;
  }

  /** The file of this path and text, parsed by `parse` unless it is there; `format` is what it was told of the file. */
  get(path: string, text: string, format: ts.ScriptTarget | ts.CreateSourceFileOptions, parse: Parse): ts.SourceFile {
    const key = JSON.stringify([path, format]);
    const kept = this.#kept.get(key);
    if (kept?.text === text) return kept.source;
    const source = parse();
    this.#kept.set(key, { text, source });
    return source;
  }
}

type Parse = () => ts.SourceFile;
