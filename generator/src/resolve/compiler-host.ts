import { dirname, join } from "node:path";
import { Project, ts } from "ts-morph";
import type { ParsedSources } from "./parsed-sources.ts";
import type { RecordedFiles } from "./recorded-files.ts";
import type { GeneratedModules, ResolveRequest } from "./resolution.ts";

/** Where the compiler believes its libraries to be; ts-morph holds them in memory under this path. */
const libFolder = "/node_modules/typescript/lib";

/** The host for a request, in which the modules that are about to be written say what they will say. */
export function compilerHostFor(
  { folder, generated }: Pick<ResolveRequest, "folder" | "generated">,
  files: RecordedFiles,
  parsed: ParsedSources,
): CompilerHost {
  const host = new CompilerHost(folder, files, parsed);
  if (generated !== undefined) setGenerated(generated, host);
  return host;
}

function setGenerated({ output, files }: GeneratedModules, host: CompilerHost): void {
  const folder = host.realpath(output);
  const index = join(folder, "index.ts");
  // What a module exports by name goes before what it exports with a star: of a name that is there, nothing changes.
  const exports = files.map(({ name }) => `export * from ${JSON.stringify(`./${name.replace(/\.ts$/, ".js")}`)};\n`);
  host.setVirtualFile(index, [host.readFile(index) ?? "", ...exports].join("\n"));
  for (const { name, text } of files) host.setVirtualFile(join(folder, name), text);
}

/**
 * A compiler host over `files`. ts-morph's own `Project` is not used, because it tells the compiler the module format of
 * no file (its sources never set `impliedNodeFormat`): under nodenext it takes every import for a `require`, and misses
 * the types of packages that export them for `import` only.
 */
export class CompilerHost implements ts.CompilerHost {
  /** Documentation is a third of what there is to parse in @types/node; types come from it in JavaScript only. */
  readonly jsDocParsingMode: ts.JSDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors;
  readonly #folder: string;
  readonly #files: RecordedFiles;
  readonly #parsed: ParsedSources;
  readonly #libs: ts.ModuleResolutionHost;
  readonly #sources = new Map<string, ts.SourceFile | undefined>();
  /** Files that are not on the disk, or not as they are there; of several versions, the last one counts. */
  readonly #virtual = new Map<string, string>();
  readonly #virtualFolders = new Set<string>();

  constructor(folder: string, files: RecordedFiles, parsed: ParsedSources) {
    this.#folder = folder;
    this.#files = files;
    this.#parsed = parsed;
    this.#libs = new Project({ useInMemoryFileSystem: true }).getModuleResolutionHost();
  }

  setVirtualFile(path: string, text: string): void {
    this.#virtual.set(path, text);
    this.#virtualFolders.add(dirname(path));
    this.#sources.delete(path);
  }

  getSourceFile(
    path: string,
    languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    if (!this.#sources.has(path)) {
      const text = this.readFile(path);
      this.#sources.set(path, text === undefined ? undefined : this.#parse(path, text, languageVersion));
    }
    return this.#sources.get(path);
  }

  #parse(path: string, text: string, languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile {
    const parse = (): ts.SourceFile => ts.createSourceFile(path, text, languageVersion);
    return this.#virtual.has(path) ? parse() : this.#parsed.get(path, text, languageVersion, parse);
  }

  readFile(path: string): string | undefined {
    if (path.startsWith(`${libFolder}/`)) return this.#libs.readFile(path);
    return this.#virtual.get(path) ?? this.#files.read(path);
  }

  fileExists(path: string): boolean {
    return this.#virtual.has(path) || this.#files.kind(path) === "file";
  }

  directoryExists(path: string): boolean {
    return this.#virtualFolders.has(path) || this.#files.kind(path) === "folder";
  }

  getDirectories(path: string): string[] {
    return this.#files.list(path).filter((name) => this.#files.kind(join(path, name)) === "folder");
  }

  realpath(path: string): string {
    return this.#virtual.has(path) ? path : this.#files.realPath(path);
  }

  getDefaultLibFileName(options: ts.CompilerOptions): string {
    return `${libFolder}/${ts.getDefaultLibFileName(options)}`;
  }

  getDefaultLibLocation(): string {
    return libFolder;
  }

  getCurrentDirectory(): string {
    return this.#folder;
  }

  getCanonicalFileName(path: string): string {
    return path;
  }

  useCaseSensitiveFileNames(): boolean {
    return true;
  }

  getNewLine(): string {
    return "\n";
  }

  writeFile(path: string): never {
    throw new Error(`The compiler was to read only, but wants to write ${path}.`);
  }
}
