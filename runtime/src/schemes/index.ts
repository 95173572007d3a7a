export type { Kind } from "../serializers/serializer.ts";
export type { BackendAddress, BackendUrlParts, HostAndPort } from "./backend-address.ts";
export { readBackendAddress, splitBackendUrl } from "./backend-address.ts";
export { backendSchemes, findBackendScheme } from "./backend-schemes.ts";
export { parseDuration } from "./duration.ts";
export { formatDuration } from "./format-duration.ts";
export { nearest } from "./nearest.ts";
export { optionProperty } from "./option-property.ts";
export type {
  PipelinePlan,
  PipelineProblem,
  PipelineStepKinds,
  PlannedStep,
  StepForm,
  StepProblem,
} from "./pipeline.ts";
export { checkPipeline, fits, planPipeline } from "./pipeline.ts";
export { clip, quote } from "./quote.ts";
export type { OptionProblem, ReadOptions } from "./read-options.ts";
export { missingOptions, optionDefaults, readOptions, unknownOption } from "./read-options.ts";
export type {
  AddressForm,
  BackendScheme,
  OptionSpec,
  OptionSpecs,
  OptionValue,
  Problem,
  SerializerScheme,
} from "./scheme.ts";
export { findSerializerScheme, serializerSchemes } from "./serializer-schemes.ts";
export type { SerializerUrl } from "./serializer-url.ts";
export { splitSerializerUrl } from "./serializer-url.ts";
export { parseSize } from "./size.ts";
