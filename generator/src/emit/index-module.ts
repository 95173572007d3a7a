import type { BackendDeclaration, CacheDeclaration, Mode } from "../model/declaration.ts";
import { generatedNames } from "../model/generated-names.ts";
import { cacheClass } from "./cache-class.ts";
import { type Code, code, generatedType, generatedValue, joinCode, local, runtimeType, runtimeValue } from "./code.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { importSpecifier } from "./import-specifier.ts";
import { stringLiteral } from "./literal.ts";
import { memoizeStem } from "./memoize-module.ts";
import { mutateStem } from "./mutate-module.ts";
import type { OutputModel } from "./output-model.ts";
import { relativePath } from "./relative-path.ts";
import { printSourceFile } from "./source-file.ts";
import { hasTags, tagsStem } from "./tags-module.ts";

/** `index.ts`: what the caches' modules export, by name, and the caches as one set. */
export function indexModule(model: OutputModel): GeneratedFile {
  const { caches, memoized, mutations, file, output } = model.declarations;
  const backends = model.declarations.backends.filter(({ name }) => caches.some((cache) => isOf(cache, name)));
  const text = printSourceFile({
    source: relativePath(output, file),
    folder: output,
    importExtension: model.importExtension,
    exports: ["Caches", "CachesOptions", "caches", "createCaches"],
    globals: [],
    blocks: [
      [
        ...caches.map((cache) => reExport(cache, model)),
        ...(memoized.length === 0 ? [] : [reExportWrappers(memoized, memoizeStem, model)]),
        ...(mutations.length === 0 ? [] : [reExportWrappers(mutations, mutateStem, model)]),
        ...(hasTags(model) ? [reExportWrappers([{ name: "tags" }], tagsStem, model)] : []),
      ].join("\n"),
      setType(caches),
      optionsType(backends),
      setConstant(caches, backends),
      createFunction(caches),
    ],
  });
  return { name: "index.ts", text };
}

function reExport({ name }: CacheDeclaration, { declarations, importExtension }: OutputModel): string {
  const { stem, cache, key, memoize, value } = generatedNames(name);
  const exported = [
    { name: key, isType: true },
    { name: value, isType: true },
    { name: cache, isType: false },
    { name: memoize, isType: false },
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  const list = exported.map((each) => `${each.isType ? "type " : ""}${each.name}`).join(", ");
  const specifier = importSpecifier({ kind: "generated", stem }, declarations.output, importExtension);
  return `export { ${list} } from ${stringLiteral(specifier)};`;
}

function reExportWrappers(
  wrappers: readonly { readonly name: string }[],
  stem: string,
  { declarations, importExtension }: OutputModel,
): string {
  const source = { kind: "generated", stem } as const;
  const specifier = importSpecifier(source, declarations.output, importExtension);
  return `export { ${wrappers.map(({ name }) => name).join(", ")} } from ${stringLiteral(specifier)};`;
}

function setType(caches: readonly CacheDeclaration[]): Code {
  const properties = caches.map((cache) => {
    const { name } = cache;
    const { stem, key, value } = generatedNames(name);
    return code`  readonly ${name}: ${cacheClass(cache)}<${generatedType(stem, key)}, ${generatedType(stem, value)}>;\n`;
  });
  return code`/** Every cache, by name. */
export interface Caches extends ${runtimeType("CacheSet")} {\n${properties}}`;
}

function optionsType(backends: readonly BackendDeclaration[]): Code {
  const properties = backends.map(({ name }) => code`    readonly ${name}?: ${runtimeType("Backend")} | undefined;\n`);
  return code`export interface CachesOptions {
  /** Serve instead of the declared ones. Who made them closes them. */
  readonly backends?: {\n${properties}  } | undefined;
}`;
}

function setConstant(caches: readonly CacheDeclaration[], backends: readonly BackendDeclaration[]): Code {
  const members = caches.map(({ name }): Code => {
    return code`  ${{ kind: "shorthand", property: name, of: generatedValue(generatedNames(name).stem, name) }},\n`;
  });
  const asynchronous = backendList(caches, backends, "async");
  const synchronous = backendList(caches, backends, "sync");
  const lists = caches.some(({ mode }) => mode === "sync") ? code`${asynchronous}, ${synchronous}` : asynchronous;
  return code`/** The exported caches as one set: \`await caches.ready()\`, \`await caches.close()\`. */
export const caches: Caches = /* @__PURE__ */ ${runtimeValue("collectCaches")}({\n${members}}, ${lists});`;
}

/** Whether a backend is one of the cache's. */
function isOf({ backend, layers }: CacheDeclaration, name: string): boolean {
  return backend === name || layers?.near === name;
}

/** The backends of the caches of one mode. */
function backendList(caches: readonly CacheDeclaration[], backends: readonly BackendDeclaration[], mode: Mode): Code {
  const used = backends.filter(({ name }) => caches.some((cache) => isOf(cache, name) && cache.mode === mode));
  const names = used.map(({ name }) => generatedValue("backends.gen", name));
  return code`[${joinCode(names, ", ")}]`;
}

function createFunction(caches: readonly CacheDeclaration[]): Code {
  const members = caches.map(({ name, backend, mode }) => {
    const { stem, definition } = generatedNames(name);
    const mark = mode === "sync" ? `, ${stringLiteral(mode)}` : "";
    return code`    ${name}: [${generatedValue(stem, definition)}, ${generatedValue("backends.gen", backend)}${mark}],\n`;
  });
  const options = local("options");
  return code`/** A set of its own, on the backends given and, for the rest, on fresh ones as declared. */
export function createCaches(${options}: CachesOptions = {}): Caches {
  return ${runtimeValue("bindCaches")}({\n${members}  }, ${options}.backends);
}`;
}
