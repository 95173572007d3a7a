import type { CacheDeclaration, KeyType, MemoizedDeclaration } from "../model/declaration.ts";
import { generatedNames } from "../model/generated-names.ts";
import type { SchemaType } from "../model/schema-type.ts";
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
  const value: ProbedValue = {
    type: `$value${index}Value`,
    orUndefined: `$result${index}`,
    text: valueText(cache),
  };
  if (cache.value.kind === "schema") declareSchema(cache.value.type, `$value${index}`, aliases);
  else if (cache.value.kind === "bytes" || of >= 0) {
    aliases.set(value.type, cache.value.kind === "bytes" ? "Uint8Array" : `$type${of}`);
  }
  if (aliases.has(value.type)) aliases.set(value.orUndefined, `${value.type} | undefined`);
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

function valueText({ name, value }: Pick<CacheDeclaration, "name" | "value">): string {
  switch (value.kind) {
    case "bytes":
      return "Uint8Array";
    case "type":
      return value.expression;
    case "schema":
      return generatedNames(name).value;
  }
}

/** The types of a JSON Schema, each under its name after `prefix`. */
function declareSchema({ text, types }: SchemaType, prefix: string, aliases: Map<string, string>): void {
  for (const type of [{ name: "Value", text }, ...types]) {
    const parts = type.text.map((part) => (typeof part === "string" ? part : `${prefix}${part.name}`));
    aliases.set(`${prefix}${type.name}`, parts.join(""));
  }
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
