import type { Host, Output } from "../../host.ts";

/** Whether escape sequences for colours may be written there. */
export function hasColors({ isTerminal }: Output, env: Host["env"]): boolean {
  return isTerminal && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
}
