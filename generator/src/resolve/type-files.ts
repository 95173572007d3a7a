import { ts } from "ts-morph";
import type { Probe } from "./probe.ts";

/** Which files of a program decide what the types of the modules are that a probe imports. */
export interface TypeFiles {
  /** By what the probe imports: the files of the module, and of all that these import. */
  readonly ofModule: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * What counts in files that do not import it: libraries, scripts, and modules that add to the world or to others. In the
   * order in which the compiler merges them.
   */
  readonly farReaching: readonly string[];
  /** Of the far-reaching ones those that no option brings: to be named, where little else is compiled. */
  readonly roots: readonly string[];
  /** The files that decide what the far-reaching ones say. */
  readonly ofFarReaching: ReadonlySet<string>;
  /** For each file that is no library, what it names of others: while that is the same, the program is of the same files. */
  readonly references: ReadonlyMap<string, string>;
}

export function readTypeFiles({ program, checker, source: probe }: Probe): TypeFiles {
  const imported = new Map<ts.SourceFile, readonly ts.SourceFile[]>();
  const importedBy = (source: ts.SourceFile): readonly ts.SourceFile[] => {
    const known = imported.get(source) ?? importsOf(source).flatMap((literal) => filesOf(literal, checker));
    imported.set(source, known);
    return known;
  };
  const allFrom = (starts: readonly ts.SourceFile[]): ReadonlySet<string> => {
    const found = new Set(starts);
    // Grows while it is gone through.
    for (const source of found) for (const next of importedBy(source)) found.add(next);
    return new Set([...found].map(({ fileName }) => fileName));
  };
  const sources = program.getSourceFiles().filter((source) => source !== probe);
  const farReaching = sources.filter((source) => program.isSourceFileDefaultLibrary(source) || isFarReaching(source));
  const own = sources.filter((source) => !program.isSourceFileDefaultLibrary(source));
  return {
    ofModule: new Map(importsOf(probe).map((literal) => [literal.text, allFrom(filesOf(literal, checker))])),
    farReaching: farReaching.map(({ fileName }) => fileName),
    roots: farReaching.filter((source) => own.includes(source)).map(({ fileName }) => fileName),
    ofFarReaching: allFrom(farReaching),
    references: new Map(own.map((source) => [source.fileName, referencesOf(source, program)])),
  };
}

/** What the compiler finds in a file of references to others, and keeps to itself. */
interface Collected {
  readonly imports: readonly ts.StringLiteralLike[];
  readonly moduleAugmentations: readonly ts.Node[];
  readonly ambientModuleNames: readonly string[];
}

function collectedOf(source: ts.SourceFile): Collected {
  const collected = source as ts.SourceFile & Partial<Collected>;
  const { imports, moduleAugmentations, ambientModuleNames } = collected;
  // Every file of a program has them; a compiler that calls them otherwise must not be taken for one that finds none.
  if (imports === undefined || moduleAugmentations === undefined || ambientModuleNames === undefined)
    throw new Error(`The compiler does not tell what ${source.fileName} imports.`);
  return { imports, moduleAugmentations, ambientModuleNames };
}

function importsOf(source: ts.SourceFile): readonly ts.StringLiteralLike[] {
  return collectedOf(source).imports;
}

/** What a module is made of: its file, and those that augment it or declare it as one of several. */
function filesOf(literal: ts.StringLiteralLike, checker: ts.TypeChecker): readonly ts.SourceFile[] {
  return checker.getSymbolAtLocation(literal)?.declarations?.map((declaration) => declaration.getSourceFile()) ?? [];
}

function isFarReaching(source: ts.SourceFile): boolean {
  const { moduleAugmentations, ambientModuleNames } = collectedOf(source);
  const isModule = ts.isExternalModule(source) || source.fileName.endsWith(".json");
  return (
    !isModule ||
    moduleAugmentations.length > 0 ||
    ambientModuleNames.length > 0 ||
    // `export as namespace`, which makes a global of a module.
    source.statements.some(ts.isNamespaceExportDeclaration)
  );
}

function referencesOf(source: ts.SourceFile, program: ts.Program): string {
  const names = (references: readonly ts.FileReference[]): readonly unknown[] =>
    references.map(({ fileName, resolutionMode }) => [fileName, resolutionMode]);
  return JSON.stringify([
    importsOf(source).map((literal) => [literal.text, program.getModeForUsageLocation(source, literal)]),
    names(source.referencedFiles),
    names(source.typeReferenceDirectives),
    names(source.libReferenceDirectives),
    source.impliedNodeFormat,
    isFarReaching(source),
  ]);
}
