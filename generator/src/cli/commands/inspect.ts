import type { Host } from "../../host.ts";
import { describeCache } from "../../inspect/cache-description.ts";
import { fillingFunctions, invalidatingFunctions } from "../../inspect/cache-functions.ts";
import { descriptionText } from "../../inspect/description-text.ts";
import { isGiven, keyFor } from "../../inspect/given-key.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { EnterPhase } from "../../timing/phase.ts";
import { showFrom } from "../../write/show-path.ts";
import { askedCache } from "../asked-cache.ts";
import type { InspectOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";
import { printable } from "../report/printable.ts";

/** Shows one cache with all that holds for it. */
export async function inspect(options: InspectOptions, host: Host, enter: EnterPhase): Promise<CommandResult> {
  const asked = await askedCache(options.cache, options.files, host, enter);
  if (!("cache" in asked)) return result(asked);
  const { cache, backend, declarations, types, functions } = asked;
  const key = isGiven(options.key) ? keyFor(cache, backend.prefix, options.key) : undefined;
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

function result(diagnostics: readonly Diagnostic[]): CommandResult {
  return { diagnostics, notes: [], exitCode: exitCodeOf(diagnostics) };
}
