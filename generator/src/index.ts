export type { ConfigOptions } from "./api/config-options.ts";
export type { Finding, RelatedFinding, TextPosition } from "./api/finding.ts";
export { type GeneratedModule, type GenerateOptions, type GenerateResult, generate } from "./api/generate.ts";
export { type ValidateResult, validate } from "./api/validate.ts";
