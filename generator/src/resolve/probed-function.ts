import type {
  CacheDeclaration,
  KeyType,
  MemoizedDeclaration,
  MutationDeclaration,
  NamedFunction,
} from "../model/declaration.ts";
import { generatedNames } from "../model/generated-names.ts";
import type { SchemaType } from "../model/schema-type.ts";
import type { Finding } from "./finding.ts";
import { findInName } from "./memoized-findings.ts";
import type { ModuleExports } from "./module-exports.ts";
import type { NamedModule } from "./named-module.ts";
import type { ProbedConstant, ProbedType } from "./probe.ts";

/** A memoized function in the probe. */
export interface ProbedFunction extends ProbedConstant {
  readonly named: MemoizedDeclaration;
  /** The names of what parameters of the key take, in order; none of a key that is still to be made. */
  readonly keyTypes: readonly string[];
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
  const type = declareValue(cache, `$value${index}`, types, aliases);
  const orUndefined = `$result${index}`;
  if (type !== undefined) aliases.set(orUndefined, `${type} | undefined`);
  return {
    ...probedConstant(memoized, index, module, exports),
    named: memoized,
    aliases,
    keyTypes,
    value: type === undefined ? undefined : { type, orUndefined, text: valueText(cache) },
  };
}

/** Declares the type of a cache's values; its name, `undefined` where it could not be resolved. */
export function declareValue(
  { name, value }: Pick<CacheDeclaration, "name" | "value">,
  prefix: string,
  types: readonly ProbedType[],
  aliases: Map<string, string>,
): string | undefined {
  const type = `${prefix}Value`;
  const of = types.findIndex(({ requests }) => requests.some(({ id }) => id === name));
  if (value.kind === "schema") declareSchema(value.type, prefix, aliases);
  else if (value.kind === "bytes" || of >= 0) aliases.set(type, value.kind === "bytes" ? "Uint8Array" : `$type${of}`);
  return aliases.has(type) ? type : undefined;
}

/** A mutation in the probe, with what parameters of any key take: its keys may still be to be made. */
export interface ProbedMutation extends ProbedConstant {
  readonly named: MutationDeclaration;
  /** The name of the type of a `date`. */
  readonly date: string;
  /** The name of the type of a `hash`. */
  readonly hash: string;
}

/** As {@link probedFunction}, of a mutation. */
export function probedMutation(
  mutation: MutationDeclaration,
  index: number,
  module: NamedModule,
  exports: ModuleExports,
): ProbedMutation | Finding {
  const problem = findInName(mutation, exports);
  if (problem !== undefined) return problem;
  const [date, hash] = [`$date${index}`, `$hash${index}`];
  const aliases = new Map([
    [date, keyTypeText({ kind: "date" })],
    [hash, keyTypeText({ kind: "hash" })],
  ]);
  return { ...probedConstant(mutation, index, module, exports), named: mutation, aliases, date, hash };
}

export function probedConstant(
  named: NamedFunction,
  index: number,
  module: NamedModule,
  exports: ModuleExports,
): Omit<ProbedConstant, "aliases"> {
  return {
    named,
    module,
    exports,
    local: `$f${index}$${named.path[0]}`,
    constant: `$constant${index}`,
    owner: named.isOfInstance ? `$owner${index}` : undefined,
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
    case "secret":
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
