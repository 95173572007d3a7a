import { dirname, join } from "node:path";
import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import { messageOf } from "../message-of.ts";
import type { Span } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { compilerMessage } from "./compiler-message.ts";
import { includedFiles } from "./included-files.ts";
import type { RecordedFiles } from "./recorded-files.ts";

export interface ProjectConfig {
  readonly options: ts.CompilerOptions;
  /** Of the files that the tsconfig includes, those that may count although no module leads to them. */
  readonly roots: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The tsconfig.json nearest to `folder`, upwards; `undefined` where there is none.
 *
 * @param output - a folder of which no file is looked at
 */
export function readProjectConfig(
  folder: string,
  output: string | undefined,
  files: RecordedFiles,
): ProjectConfig | undefined {
  const path = nearestConfig(folder, files);
  if (path === undefined) return undefined;
  const nearest = parseConfig(path, output, files);
  const referred = firstReference(nearest);
  if (referred === undefined || nearest.diagnostics.length > 0) return nearest;
  if (files.kind(referred) === "file") return parseConfig(referred, output, files);
  return { options: nearest.options, roots: [], diagnostics: [missingReference(referred, nearest.source)] };
}

interface ParsedConfig extends ProjectConfig {
  readonly source: ts.TsConfigSourceFile;
  /** The JSON itself. */
  readonly raw: unknown;
  readonly references: readonly ts.ProjectReference[];
}

function parseConfig(path: string, output: string | undefined, files: RecordedFiles): ParsedConfig {
  const source = ts.readJsonConfigFile(path, (file) => files.read(file));
  let parsed: ts.ParsedCommandLine;
  try {
    parsed = ts.parseJsonSourceFileConfigFileContent(source, parseHost(output, files), dirname(path), undefined, path);
  } catch (cause) {
    // What has another shape than it expects, such as "references": [null], is too much for the compiler.
    const finding = brokenConfig(`the compiler fails to read it (${messageOf(cause)})`, wholeSpan(source));
    return { source, options: {}, roots: [], raw: {}, references: [], diagnostics: [finding] };
  }
  const broken = ts.getConfigFileParsingDiagnostics(parsed).filter((diagnostic) => isBroken(diagnostic.code));
  return {
    source,
    options: parsed.options,
    roots: parsed.fileNames.flatMap((file) => files.farReaching(file, [])).filter((file) => countsAlone(file, files)),
    raw: parsed.raw,
    references: parsed.projectReferences ?? [],
    diagnostics: broken.map((diagnostic) => configFinding(diagnostic, source)),
  };
}

/** Whether a file that looks so does count: in tests and templates, such words are parts of texts. */
function countsAlone(path: string, files: RecordedFiles): boolean {
  const text = files.read(path);
  if (text === undefined) return false;
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
  return !ts.isExternalModule(source) || source.statements.some(addsToOthers);
}

function addsToOthers(statement: ts.Statement): boolean {
  if (ts.isNamespaceExportDeclaration(statement)) return true;
  if (!ts.isModuleDeclaration(statement)) return false;
  return ts.isStringLiteral(statement.name) || (statement.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}

/** A tsconfig with `"files": []` and references holds no options of its own: the first reference speaks for the project. */
function firstReference({ raw, references }: ParsedConfig): string | undefined {
  const { files, include } = raw as { readonly files?: unknown; readonly include?: unknown };
  const isEmpty = Array.isArray(files) && files.length === 0 && include === undefined;
  const [first] = references;
  return isEmpty && first !== undefined ? ts.resolveProjectReferencePath(first) : undefined;
}

function nearestConfig(folder: string, files: RecordedFiles): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    const path = join(current, "tsconfig.json");
    if (files.kind(path) === "file") return path;
    if (current === dirname(current)) return undefined;
  }
}

function parseHost(output: string | undefined, files: RecordedFiles): ts.ParseConfigHost {
  return {
    useCaseSensitiveFileNames: true,
    readDirectory: (folder, extensions, excludes, includes) =>
      includedFiles(folder, extensions, excludes, includes, output, files),
    fileExists: (path) => files.kind(path) === "file",
    readFile: (path) => files.read(path),
  };
}

/** Bad JSON, or an `extends` that leads nowhere. Options that this compiler does not know may suit the user's own. */
function isBroken(code: number): boolean {
  return (code >= 1000 && code < 2000) || [5012, 5014, 5083, 6053, 18000].includes(code);
}

function configFinding(diagnostic: ts.Diagnostic, source: ts.TsConfigSourceFile): Diagnostic {
  const { file, start = 0, length = 0 } = diagnostic;
  const message = compilerMessage(diagnostic);
  // Of a file that cannot be read the compiler does not say who asked for it: that is what `extends` is for.
  const span =
    file === undefined ? propertySpan("extends", source) : { file: file.fileName, start, end: start + length };
  return brokenConfig(fromFolderOf(source, message), span);
}

function missingReference(path: string, source: ts.TsConfigSourceFile): Diagnostic {
  const message = `it refers to ${quote(fromFolderOf(source, path))}, which is not there`;
  return brokenConfig(message, propertySpan("references", source));
}

function brokenConfig(message: string, span: Span): Diagnostic {
  return {
    code: "C2007",
    severity: "error",
    span,
    message: `the tsconfig cannot be used: ${message}`,
    hint: "Mend it and generate again: types are resolved as this tsconfig compiles them",
  };
}

function wholeSpan({ fileName, text }: ts.TsConfigSourceFile): Span {
  return { file: fileName, start: 0, end: text.length };
}

/** A text with its paths as the tsconfig would have them. */
function fromFolderOf(source: ts.TsConfigSourceFile, text: string): string {
  return text.replaceAll(`${dirname(source.fileName)}/`, "");
}

/** Where a property of a tsconfig stands; the start of the file where it has none. */
function propertySpan(name: string, source: ts.TsConfigSourceFile): Span {
  // A file that cannot be read has none.
  const root = (source.statements as ts.TsConfigSourceFile["statements"] | undefined)?.[0]?.expression;
  const properties = root !== undefined && ts.isObjectLiteralExpression(root) ? root.properties : [];
  const property = properties.find((candidate) => candidate.name?.getText(source) === `"${name}"`);
  const start = property?.getStart(source) ?? 0;
  return { file: source.fileName, start, end: property?.getEnd() ?? start };
}
