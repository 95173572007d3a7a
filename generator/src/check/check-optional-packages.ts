import { findBackendScheme, findSerializerScheme } from "@cachetory/runtime/schemes";
import type { FileSystem } from "../host.ts";
import type { BackendDeclaration, CacheDeclaration, Declarations, Span, UrlTemplate } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import { findManifest } from "./installed-packages.ts";
import { installCommand } from "./package-manager.ts";

/** A package, and what needs it first. */
interface Need {
  readonly packageName: string;
  readonly by: string;
  readonly span: Span;
}

/**
 * Packages that the declared schemes need at run time, and that an import from the output folder does not find. What only
 * the environment names is not known here.
 */
export function checkOptionalPackages(declarations: Declarations, files: FileSystem): readonly Diagnostic[] {
  const { output } = declarations;
  const all = [...declarations.backends.flatMap(needsOfBackend), ...declarations.caches.flatMap(needsOfCache)];
  const needs = new Map<string, Need>();
  for (const need of all.sort((a, b) => a.span.start - b.span.start)) {
    if (!needs.has(need.packageName)) needs.set(need.packageName, need);
  }
  return [...needs.values()]
    .filter(({ packageName }) => findManifest(packageName, output, files) === undefined)
    .map(({ packageName, by, span }) => {
      const message = `${by} needs the package "${packageName}", which is not installed`;
      return breachAt("C3005", span, message, `Install it with ${installCommand(output, packageName, files)}`);
    });
}

function needsOfBackend({ url }: BackendDeclaration): readonly Need[] {
  const scheme = literalScheme(url);
  const packageName = scheme === undefined ? undefined : findBackendScheme(scheme)?.package;
  return packageName === undefined ? [] : [{ packageName, by: `${scheme}://`, span: url.span }];
}

function needsOfCache({ serializer, serializerSpan: span, offload }: CacheDeclaration): readonly Need[] {
  const steps = serializer.flatMap(({ scheme }) => {
    const packageName = findSerializerScheme(scheme)?.package;
    return packageName === undefined ? [] : [{ packageName, by: scheme, span }];
  });
  return offload === undefined ? steps : [...steps, { packageName: "piscina", by: "offload", span }];
}

/** `undefined` where a variable holds it, or a part of it. */
function literalScheme({ parts: [first] }: UrlTemplate): string | undefined {
  if (first?.kind !== "literal") return undefined;
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(first.text)?.[1]?.toLowerCase();
}
