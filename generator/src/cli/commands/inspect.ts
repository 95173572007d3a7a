import { dirname } from "node:path";
import { nearest, quote } from "@cachetory/runtime/schemes";
import { resolveTypesCached } from "../../cache/resolve-types-cached.ts";
import { requestedTypes } from "../../generate/prepare-output.ts";
import { validateFile } from "../../generate/validate-file.ts";
import type { Host } from "../../host.ts";
import { describeCache } from "../../inspect/cache-description.ts";
import { fillingFunctions, invalidatingFunctions } from "../../inspect/cache-functions.ts";
import { descriptionText } from "../../inspect/description-text.ts";
import { keyOf } from "../../inspect/key-of.ts";
import type { CacheDeclaration, Declarations, NamedValue, UnkeyedCache } from "../../model/declaration.ts";
import { type Diagnostic, errorAt } from "../../model/diagnostic.ts";
import { listNames } from "../../model/list-names.ts";
import { madeCaches } from "../../model/made-caches.ts";
import type { ReadDeclarations } from "../../read/read-declarations.ts";
import { showFrom } from "../../write/show-path.ts";
import type { InspectOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";
import { printable } from "../report/printable.ts";

/** Shows one cache with all that holds for it. */
export async function inspect(options: InspectOptions, host: Host): Promise<CommandResult> {
  const read = options.files.map((file) => validateFile(file, host.files));
  const diagnostics = read.flatMap((each) => each.diagnostics);
  if (read.some(({ declarations }) => declarations === undefined)) return result(diagnostics);
  const found = findCache(options.cache, read);
  if ("code" in found) return result([found]);
  const { declarations, values } = found;
  const { memoized, mutations } = declarations;
  const backend = declarations.backends.find(({ name }) => name === found.cache.backend);
  if (backend === undefined) throw new Error(`The backend ${found.cache.backend} is not declared.`);

  // All types, not only this one: so the last run of generate has them already.
  const request = { folder: dirname(declarations.file), types: requestedTypes(values), memoized, mutations };
  const { types, diagnostics: unresolved, ...functions } = await resolveTypesCached(request, host.files);
  const cache = keyed(found.cache, madeCaches(declarations, functions.memoized));
  if (cache === undefined || (cache.value.kind === "type" && !types.has(cache.name))) return result(unresolved);
  const key = options.key === undefined ? undefined : keyFor(cache, backend.prefix, options.key);
  if (key !== undefined && "code" in key) return result([key]);
  const description = describeCache(
    cache,
    backend,
    types.get(cache.name),
    key?.text,
    {
      filledBy: fillingFunctions(cache, declarations, functions.memoized),
      invalidatedBy: invalidatingFunctions(cache, declarations, functions.mutated),
    },
    showFrom(host.cwd),
  );
  const output = options.json
    ? `${JSON.stringify(description, null, 2)}\n`
    : descriptionText(description).split("\n").map(printable).join("\n");
  return { diagnostics: [], notes: [], exitCode: 0, output };
}

interface FoundCache {
  readonly cache: CacheDeclaration | UnkeyedCache;
  readonly declarations: Declarations;
  readonly values: readonly NamedValue[];
}

function findCache(name: string, read: readonly ReadDeclarations[]): FoundCache | Diagnostic {
  for (const { declarations, values } of read) {
    const cache = cachesOf(declarations).find((each) => each.name === name);
    if (declarations !== undefined && cache !== undefined) return { cache, declarations, values };
  }
  const names = read.flatMap(({ declarations }) => cachesOf(declarations).map((cache) => cache.name));
  const near = nearest(name, names);
  const declared = `Declared: ${listNames(names)}`;
  const hint = near === undefined ? declared : `Did you mean ${quote(near)}? ${declared}`;
  return errorAt("C1016", undefined, `no cache is called ${quote(name)}`, hint);
}

/** Those that are declared, and those that are made for memoized functions, by name. */
function cachesOf(declarations: Declarations | undefined): readonly (CacheDeclaration | UnkeyedCache)[] {
  const made = declarations?.memoized.map(({ cache }) => cache).filter(({ key }) => key === undefined);
  return [...(declarations?.caches ?? []), ...(made ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `undefined` where its key could not be made. */
function keyed(
  cache: CacheDeclaration | UnkeyedCache,
  made: readonly CacheDeclaration[],
): CacheDeclaration | undefined {
  return cache.key === undefined ? made.find(({ name }) => name === cache.name) : cache;
}

function keyFor(cache: CacheDeclaration, prefix: string, json: string): { readonly text: string } | Diagnostic {
  const refusal = (message: string): Diagnostic => {
    const example = `Write --key with the parameters as JSON; the pattern is ${cache.key.text}`;
    return errorAt("C1017", undefined, message, example);
  };
  let parameters: unknown;
  try {
    parameters = JSON.parse(json);
  } catch {
    return refusal("the parameters are no JSON");
  }
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) {
    return refusal("the parameters are no JSON object");
  }
  try {
    return { text: keyOf(cache, prefix, { ...parameters }) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    return refusal(`the parameters make no key: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`);
  }
}

function result(diagnostics: readonly Diagnostic[]): CommandResult {
  return { diagnostics, notes: [], exitCode: exitCodeOf(diagnostics) };
}
