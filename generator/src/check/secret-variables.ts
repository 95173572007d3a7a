import { findSerializerScheme } from "@cachetory/runtime/schemes";
import type { CacheDeclaration } from "../model/declaration.ts";
import type { NamedPlace } from "../model/usage.ts";

/** The environment variables that hold secrets of caches, each as often as it is named. */
export function secretVariables(caches: readonly CacheDeclaration[]): readonly NamedPlace[] {
  return caches.flatMap(({ serializer, serializerSpan, keySecret }) => [
    ...(keySecret === undefined ? [] : [{ name: keySecret.variable, span: keySecret.span }]),
    ...serializer.flatMap(({ scheme, options }) =>
      options
        .filter(([name]) => findSerializerScheme(scheme)?.options[name]?.kind === "variable")
        .map(([, value]) => ({ name: String(value), span: serializerSpan })),
    ),
  ]);
}
