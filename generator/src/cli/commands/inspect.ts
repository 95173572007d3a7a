import type { Host } from "../../host.ts";
import { describeCache } from "../../inspect/cache-description.ts";
import { fillingFunctions, invalidatingFunctions } from "../../inspect/cache-functions.ts";
import { descriptionText } from "../../inspect/description-text.ts";
import { keyOf } from "../../inspect/key-of.ts";
import type { CacheDeclaration } from "../../model/declaration.ts";
import { type Diagnostic, errorAt } from "../../model/diagnostic.ts";
import { showFrom } from "../../write/show-path.ts";
import { askedCache } from "../asked-cache.ts";
import type { InspectOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";
import { printable } from "../report/printable.ts";

/** Shows one cache with all that holds for it. */
export async function inspect(options: InspectOptions, host: Host): Promise<CommandResult> {
  const found = await askedCache(options.cache, options.files, host);
  if (!("cache" in found)) return result(found);
  const { cache, declarations, types, functions } = found;
  const backend = declarations.backends.find(({ name }) => name === cache.backend);
  if (backend === undefined) throw new Error(`The backend ${cache.backend} is not declared.`);
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
