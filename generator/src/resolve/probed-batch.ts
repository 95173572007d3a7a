import type { BatchDeclaration } from "../model/declaration.ts";
import type { Finding } from "./finding.ts";
import { findInName } from "./memoized-findings.ts";
import type { ModuleExports } from "./module-exports.ts";
import type { NamedModule } from "./named-module.ts";
import type { ProbedConstant } from "./probe.ts";
import type { ProbedFunction } from "./probed-function.ts";

/** A batch function in the probe. */
export interface ProbedBatch extends ProbedConstant {
  readonly named: BatchDeclaration;
  /** What it loads for. */
  readonly single: ProbedFunction;
  /** The name of the type of all arguments of a call, a tuple. */
  readonly call: string;
  /** That of what it may answer; `undefined` where the type of the cache's values could not be resolved. */
  readonly answer: string | undefined;
  /** Those of the two kinds of arrays among these, likewise. */
  readonly arrays: { readonly values: string; readonly pairs: string };
}

/** What the probe is to declare for a batch function; or why it cannot be imported by its name. */
export function probedBatch(
  named: BatchDeclaration,
  index: number,
  single: ProbedFunction,
  module: NamedModule,
  exports: ModuleExports,
): ProbedBatch | Finding {
  const problem = findInName(named, exports);
  if (problem !== undefined) return problem;
  const constant = `$batch${index}`;
  const call = `$call${index}`;
  const item = `$item${index}`;
  const answer = `$answer${index}`;
  const arrays = { values: `$values${index}`, pairs: `$pairs${index}` };
  const aliases = new Map([[call, `Parameters<typeof ${single.constant}>`]]);
  if (single.value !== undefined) {
    const value = `${single.value.type} | Error | undefined`;
    aliases.set(item, `NonNullable<Parameters<typeof ${constant}>[0]>[number]`);
    aliases.set(arrays.values, `readonly (${value})[]`);
    aliases.set(arrays.pairs, `Iterable<readonly [${item}, ${value}]>`);
    aliases.set(answer, `ReadonlyMap<${item}, ${value}> | ${arrays.pairs} | ${arrays.values}`);
  }
  return {
    named,
    module,
    exports,
    local: `$b${index}$${named.path[0]}`,
    constant,
    owner: named.isOfInstance ? `$batchOwner${index}` : undefined,
    aliases,
    single,
    call,
    answer: single.value && answer,
    arrays,
  };
}
