/** What of the generator `run.mjs` looks into, which makes one file of it. */
export { checkValues } from "../../generator/src/check/check-values.ts";
export { nodeFiles } from "../../generator/src/node-host.ts";
export { resolveTypes } from "../../generator/src/resolve/resolve-types.ts";
