import { optionProperty } from "../schemes/option-property.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import type { Serializer } from "./serializer.ts";

// Beside the steps, not in them: a copy with another `serialize` must not pass for the original.
const urls = new WeakMap<object, string>();
const chained = new WeakMap<object, readonly Serializer[]>();

/** Notes how another thread can make the same step: by its scheme, with the options that were given. */
export function described<S extends object>(scheme: string, options: object | undefined, step: S): S {
  const given = new Map<string, unknown>(Object.entries(options ?? {}));
  const written = Object.keys(findSerializerScheme(scheme)?.options ?? {}).flatMap((name) => {
    const value = given.get(optionProperty(name));
    return value === undefined ? [] : [`${name}=${value}`];
  });
  urls.set(step, written.length === 0 ? scheme : `${scheme}://?${written.join("&")}`);
  return step;
}

/** What `serializerFromUrl` makes the same step of; `undefined` for steps that belong on the thread of the caller. */
export function urlOf(step: Serializer): string | undefined {
  return urls.get(step);
}

/** Notes what a pipeline was chained of. */
export function ofSteps<S extends Serializer>(pipeline: S, steps: readonly Serializer[]): S {
  chained.set(pipeline, steps.flatMap(stepsOf));
  return pipeline;
}

/** The steps of a pipeline; of anything else, itself. */
export function stepsOf(serializer: Serializer): readonly Serializer[] {
  return chained.get(serializer) ?? [serializer];
}
