import { dirname } from "node:path";
import type { ResolveRequest } from "../resolve/resolution.ts";

/** All of a request that decides how it is resolved: equal for those that ask the same, wherever it is written. */
export function requestKey(request: ResolveRequest): string {
  const types = request.types.map((type) => [type.id, type.expression, type.module ?? null, dirname(type.span.file)]);
  const memoized = request.memoized.map(
    ({ name, module, path, isOfInstance, functionSpan, batch, cache, sources, ignored }) => [
      [name, module, dirname(functionSpan.file), path, isOfInstance],
      batch && [batch.module, batch.path, batch.isOfInstance],
      [cache.name, cache.key?.text, cache.mode, cache.value.kind === "schema" ? cache.value.type : cache.value.kind],
      sources.map((source) => [source.parameter, source.path]),
      ignored.map((parameter) => parameter.name),
    ],
  );
  const mutations = request.mutations.map(({ name, module, path, isOfInstance, functionSpan, invalidations }) => [
    [name, module, dirname(functionSpan.file), path, isOfInstance],
    invalidations.map(({ cache, parts }) => [
      [cache.name, cache.key?.text],
      typeof parts === "string" ? parts : parts.map(({ parameter, source }) => [parameter, source]),
    ]),
  ]);
  const ttlFunctions = request.ttlFunctions.map(
    ({ module, path, isOfInstance, functionSpan, cache: { name, value } }) => [
      [name, module, dirname(functionSpan.file), path, isOfInstance],
      value.kind === "schema" ? value.type : value.kind,
    ],
  );
  return JSON.stringify([
    [request.folder, request.output ?? null],
    types,
    memoized,
    mutations,
    ttlFunctions,
    request.generated ?? null,
  ]);
}

/** The YAML files that a request is of, as one text. */
export function requestSources(request: ResolveRequest): string {
  const functions = [...request.memoized, ...request.mutations, ...request.ttlFunctions];
  const spans = [...request.types.map(({ span }) => span), ...functions.map(({ functionSpan }) => functionSpan)];
  const sources = [...new Set(spans.map(({ file }) => file))].sort();
  return JSON.stringify([request.folder, sources]);
}
