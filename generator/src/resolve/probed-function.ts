import type { KeyType, MemoizedDeclaration } from "../model/declaration.ts";
import type { Finding } from "./finding.ts";
import { findInName } from "./memoized-findings.ts";
import type { ModuleExports } from "./module-exports.ts";
import type { NamedModule } from "./named-module.ts";
import type { ProbedType } from "./probe.ts";

/** A memoized function in the probe, with the names of what the probe declares for it. */
export interface ProbedFunction {
  readonly memoized: MemoizedDeclaration;
  readonly module: NamedModule;
  readonly exports: ModuleExports;
  /** The local name under which it is imported. */
  readonly local: string;
  /** Holds the function itself, or the method. */
  readonly constant: string;
  /** Text of each type that is declared for it, by name. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The names of what parameters of the key take, in order; none of a key that is still to be made. */
  readonly keyTypes: readonly string[];
  /** The name of the type of which it is a method; `undefined` where no instance is called upon. */
  readonly owner: string | undefined;
  /** `undefined` where the type of the cache's values could not be resolved. */
  readonly value: ProbedValue | undefined;
}

/** The values of the cache, by the names of their types. */
interface ProbedValue {
  readonly type: string;
  readonly orUndefined: string;
  /** As the YAML has it. */
  readonly text: string;
}

/** What the probe is to declare for a function; or why it cannot be imported by its name. */
export function probedFunction(
  memoized: MemoizedDeclaration,
  index: number,
  types: readonly ProbedType[],
  module: NamedModule,
  exports: ModuleExports,
): ProbedFunction | Finding {
  const problem = findInName(memoized, exports);
  if (problem !== undefined) return problem;
  const { cache } = memoized;
  const aliases = new Map<string, string>();
  const parameters = (cache.key?.segments ?? []).filter((segment) => segment.kind === "parameter");
  const keyTypes = parameters.map(({ type }, position) => {
    const name = `$key${index}$${position}`;
    aliases.set(name, keyTypeText(type));
    return name;
  });
  const of = types.findIndex(({ requests }) => requests.some(({ id }) => id === cache.name));
  const isBytes = cache.value.kind === "bytes";
  const value: ProbedValue = {
    type: `$value${index}`,
    orUndefined: `$result${index}`,
    text: cache.value.kind === "bytes" ? "Uint8Array" : cache.value.expression,
  };
  if (isBytes || of >= 0) {
    aliases.set(value.type, isBytes ? "Uint8Array" : `$type${of}`);
    aliases.set(value.orUndefined, `${value.type} | undefined`);
  }
  return {
    memoized,
    module,
    exports,
    local: `$f${index}$${memoized.path[0]}`,
    constant: `$constant${index}`,
    aliases,
    keyTypes,
    owner: memoized.isOfInstance ? `$owner${index}` : undefined,
    value: aliases.has(value.type) ? value : undefined,
  };
}

/** What a parameter of the key takes, as the generated module of the cache declares it. */
function keyTypeText(type: KeyType): string {
  switch (type.kind) {
    case "string":
    case "uuid":
      return "string";
    case "int":
    case "number":
      return "number";
    case "bigint":
      return "bigint";
    case "bool":
      return "boolean";
    case "date":
      return "Date";
    case "hash":
      return "string | number | boolean | null | object";
    case "union":
      return type.members.map((member) => JSON.stringify(member)).join(" | ");
  }
}
