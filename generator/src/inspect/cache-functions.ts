import type { CacheDeclaration, Declarations, NamedFunction } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import { type FunctionParameter, type MemoizedFunction, ofInstance } from "../model/memoized-function.ts";
import { type FoundSource, type MutatedFunction, ofResult } from "../model/mutated-function.ts";
import { showPath } from "../model/show-path.ts";

/** A function that reads through a cache. */
export interface FillingFunction {
  /** Of the entry of `memoize`. */
  readonly name: string;
  /** As the YAML names it. */
  readonly function: string;
  /** What loads in its place, for many calls at once. */
  readonly batch?: string;
  /** Where each parameter of the key comes from. */
  readonly key: Readonly<Record<string, string>>;
}

/** A function after which entries of a cache are deleted. */
export interface InvalidatingFunction {
  /** Of the entry of `mutate`. */
  readonly name: string;
  /** As the YAML names it. */
  readonly function: string;
  /** The entries, as the YAML names them. */
  readonly entries: string;
  /** Where each parameter of the key comes from; `*` where all of its values are meant. */
  readonly key: Readonly<Record<string, string>>;
  /** Whether they are deleted before the function is called as well. */
  readonly before: boolean;
}

/** The functions that fill a cache, by name, as far as they are known. */
export function fillingFunctions(
  cache: CacheDeclaration,
  { memoized }: Pick<Declarations, "memoized">,
  functions: ReadonlyMap<string, MemoizedFunction>,
): readonly FillingFunction[] {
  return memoized.flatMap((declaration) => {
    const found = functions.get(declaration.name);
    if (declaration.cache.name !== cache.name || found === undefined) return [];
    const key = found.key.map(({ parameter, index, properties }) => {
      const root = rootText(index, found.parameters);
      return [parameter, [...(root === undefined ? [] : [root]), ...properties].join(".")];
    });
    const { name, batch } = declaration;
    const loadedBy = batch && { batch: reference(batch) };
    return [{ name, function: reference(declaration), ...loadedBy, key: Object.fromEntries(key) }];
  });
}

/** The functions after which entries of a cache are deleted, by name, as far as they are known. */
export function invalidatingFunctions(
  cache: CacheDeclaration,
  { mutations }: Pick<Declarations, "mutations">,
  functions: ReadonlyMap<string, MutatedFunction>,
): readonly InvalidatingFunction[] {
  const parameters = cache.key.segments.filter((segment) => segment.kind === "parameter");
  return mutations.flatMap((declaration) => {
    const found = functions.get(declaration.name);
    return declaration.invalidations.flatMap((invalidation, index): readonly InvalidatingFunction[] => {
      const parts = found?.invalidations[index]?.parts;
      if (invalidation.cache.name !== cache.name || found === undefined || parts === undefined) return [];
      const key = parameters.map(({ name }) => {
        const part = parts.find((each) => each.parameter === name);
        return [name, part === undefined ? "*" : sourceText(part.source, found.parameters)];
      });
      return [
        {
          name: declaration.name,
          function: reference(declaration),
          entries: invalidation.text,
          key: Object.fromEntries(key),
          before: invalidation.isBefore,
        },
      ];
    });
  });
}

function reference(named: NamedFunction): string {
  return `${named.module}#${functionName(named)}`;
}

function sourceText(source: FoundSource, parameters: readonly FunctionParameter[]): string {
  switch (source.kind) {
    case "literal":
      return JSON.stringify(source.value);
    case "listed":
      return "*";
    case "value": {
      const [root, first, ...others] = source.steps;
      const name = rootText(source.from, parameters);
      if (name === undefined && first?.kind === "property") return showPath([first, ...others]);
      return showPath([{ ...root, name: name ?? "" }, ...source.steps.slice(1)]);
    }
    default:
      return source satisfies never;
  }
}

/** A parameter as the function has it, or what is there in its place; `undefined` for what is taken apart at once. */
function rootText(index: number, parameters: readonly FunctionParameter[]): string | undefined {
  if (index === ofInstance) return "this";
  if (index === ofResult) return "result";
  const name = parameters[index]?.name;
  // The compiler's own names begin so.
  return name?.startsWith("__") ? undefined : name;
}
