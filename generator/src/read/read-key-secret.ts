import { quote } from "@cachetory/runtime/schemes";
import type { CacheDeclaration, KeyPattern, Span } from "../model/declaration.ts";
import type { Setting } from "./read-storage.ts";
import type { Report } from "./report.ts";
import { isText, type YamlNode } from "./yaml-tree.ts";

/** The name of the environment variable that holds the secret of keys. */
export function readKeySecret(node: YamlNode, report: Report): string | undefined {
  if (!isText(node)) return undefined;
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(node.value)) return node.value;
  const [, inner] = /^\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$/.exec(node.value) ?? [];
  // What else stands there may be the secret itself, which is not to be printed.
  const message = '"key-secret" is no name of an environment variable';
  report("C1008", node.span, message, inner === undefined ? "For example: CACHE_KEY_SECRET" : `Write ${inner}`);
  return undefined;
}

/** The secret of a cache whose key has parameters that need one. */
export function chooseKeySecret(
  cache: { readonly name: string; readonly key: KeyPattern; readonly keySpan: Span },
  own: Setting<string> | undefined,
  shared: Setting<string> | undefined,
  report: Report,
): CacheDeclaration["keySecret"] {
  const secret = cache.key.segments.find((segment) => segment.kind === "parameter" && segment.type.kind === "secret");
  if (secret?.kind !== "parameter") {
    if (own === undefined) return undefined;
    const hint = "Leave it out, or write the type of a parameter: {token:secret}";
    report("C1241", own.span, `"key-secret" has nothing to do: no parameter of ${quote(cache.name)} is secret`, hint);
    return undefined;
  }
  const chosen = own ?? shared;
  if (chosen === undefined) {
    const message = `the parameter ${quote(secret.name)} is secret, but no "key-secret" says which environment variable holds the secret`;
    report("C1240", cache.keySpan, message, 'For example: key-secret: CACHE_KEY_SECRET, here or in "defaults"');
  }
  return chosen?.value === undefined ? undefined : { variable: chosen.value, span: chosen.span };
}
