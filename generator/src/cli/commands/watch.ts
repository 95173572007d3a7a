import type { Host } from "../../host.ts";
import { watchOutputs } from "../../watch/watch-outputs.ts";
import { summarizePlans } from "../../write/plan-summary.ts";
import { showFrom } from "../../write/show-path.ts";
import type { WatchOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";

/** Generates again whenever something has changed. Each run comes to one line, after its findings. */
export async function* watch({ files }: WatchOptions, host: Host): AsyncGenerator<CommandResult, void> {
  const show = showFrom(host.cwd);
  let greeting = ["Watching the YAML and the types that it names; Ctrl-C ends."];
  for await (const { diagnostics, outputs, tookMs } of watchOutputs(files, host)) {
    const plans = outputs.map(({ plan }) => plan);
    const line =
      plans.length === 0
        ? "Nothing was written; what was generated before stays."
        : summarizePlans(plans, "done", tookMs, show);
    yield { diagnostics, notes: [line, ...greeting], exitCode: exitCodeOf(diagnostics) };
    greeting = [];
  }
}
