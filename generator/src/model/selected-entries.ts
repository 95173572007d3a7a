import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import type { InvalidationDeclaration, KeyParameter, KeyPattern, KeyType, PartSource, Span } from "./declaration.ts";
import { listNames } from "./list-names.ts";
import { showParameter } from "./show-parameter.ts";

/** The entries that an invalidation names, where the key of their cache is known. */
export interface SelectedEntries {
  /** One by one, by their `keys`; or whatever has these parts, by `clear`. */
  readonly by: "keys" | "clear";
  /** In the order of the pattern. */
  readonly parts: readonly SelectedPart[];
}

export interface SelectedPart {
  readonly parameter: KeyParameter;
  readonly source:
    | Exclude<PartSource, { readonly kind: "any" }>
    | { readonly kind: "listed"; readonly values: readonly (string | boolean)[] };
  readonly span: Span;
}

/** What is wrong with an invalidation, whatever the function. */
export interface SelectionProblem {
  readonly span: Span;
  readonly message: string;
  readonly hint: string;
}

/** More entries than these are not listed in generated code, but looked for. */
const maxListed = 32;

/** The entries that an invalidation names, and what is wrong with it: then only what is right is among the parts. */
export function selectEntries(
  { cache, parts, span }: InvalidationDeclaration,
  { segments }: KeyPattern,
): SelectedEntries & { readonly problems: readonly SelectionProblem[] } {
  const parameters = segments.filter((segment) => segment.kind === "parameter");
  if (parts === "by-name") {
    const named = parameters.map((parameter): SelectedPart => {
      const steps = [{ kind: "property", name: parameter.name, isOptional: false }] as const;
      return { parameter, source: { kind: "path", steps }, span };
    });
    return { by: "keys", parts: named, problems: [] };
  }

  const written = new Map(parts === "all" ? [] : parts.map((part) => [part.parameter, part]));
  const sourceOf = ({ name }: KeyParameter): PartSource | undefined =>
    parts === "all" ? { kind: "any" } : written.get(name)?.source;
  const problems: SelectionProblem[] = [];
  for (const part of written.values()) {
    const parameter = parameters.find(({ name }) => name === part.parameter);
    if (parameter === undefined) problems.push(unknownParameter(part.parameter, part.parameterSpan, cache, parameters));
    else if (part.source.kind === "literal") {
      const problem = findInLiteral(part.source.value, parameter);
      if (problem !== undefined) problems.push({ span: part.span, ...problem });
    }
  }

  const isGiven = (parameter: KeyParameter): boolean => (sourceOf(parameter)?.kind ?? "any") !== "any";
  const open = parameters.filter((parameter) => !isGiven(parameter));
  const listed = new Map(open.map((parameter) => [parameter, valuesOf(parameter.type)]));
  const count = [...listed.values()].reduce((product, values) => product * (values?.length ?? Infinity), 1);
  const isListed = count <= maxListed;
  // To look for entries costs as much as the backend holds, so it is not done by omission.
  // What is unknown and what is left out are mostly one thing under two names, as the hint says.
  const omitted =
    isListed || problems.length > 0 ? undefined : open.find((parameter) => sourceOf(parameter) === undefined);
  if (omitted !== undefined) {
    const message = `${quote(showParameter(omitted))} of the key of cache ${quote(cache.name)} is not given`;
    const name = clip(omitted.name);
    const hint = `Write where it comes from, ${name}: …; or ${name}: *, which looks for all of them in the backend`;
    problems.push({ span, message, hint });
  }
  const selected = parameters.flatMap((parameter): readonly SelectedPart[] => {
    const source = sourceOf(parameter);
    if (source !== undefined && source.kind !== "any") {
      return [{ parameter, source, span: written.get(parameter.name)?.span ?? span }];
    }
    const values = isListed ? listed.get(parameter) : undefined;
    return values === undefined ? [] : [{ parameter, source: { kind: "listed", values }, span }];
  });
  return { by: isListed ? "keys" : "clear", parts: selected, problems };
}

function unknownParameter(
  name: string,
  span: Span,
  cache: InvalidationDeclaration["cache"],
  parameters: readonly KeyParameter[],
): SelectionProblem {
  const known = parameters.map((parameter) => parameter.name);
  const near = nearest(name, known);
  const declared = known.length === 0 ? "It has none" : `It has: ${listNames(known)}`;
  const hint = near === undefined ? declared : `Did you mean ${quote(near)}? ${declared}`;
  return { span, message: `the key of cache ${quote(cache.name)} has no parameter ${quote(name)}`, hint };
}

/** All the values that a parameter can have, where a pattern lists them. */
function valuesOf(type: KeyType): readonly (string | boolean)[] | undefined {
  if (type.kind === "bool") return [false, true];
  return type.kind === "union" ? type.members : undefined;
}

function findInLiteral(
  value: string | number | boolean,
  parameter: KeyParameter,
): { readonly message: string; readonly hint: string } | undefined {
  const { type } = parameter;
  const wanted = fits(value, type);
  if (wanted === undefined) return undefined;
  const message = `${JSON.stringify(value)} is no ${quote(showParameter(parameter))} of the key`;
  const near = type.kind === "union" && typeof value === "string" ? nearest(value, type.members) : undefined;
  return { message, hint: near === undefined ? `It takes ${wanted}` : `Did you mean ${JSON.stringify(near)}?` };
}

/** What a parameter takes, where a literal is none of it. */
function fits(value: string | number | boolean, type: KeyType): string | undefined {
  switch (type.kind) {
    case "string":
    case "secret":
      return typeof value === "string" ? undefined : "a text in quotes";
    case "uuid":
      return isUuid(value) ? undefined : "a UUID in quotes, with its hyphens";
    case "int":
    case "bigint":
      return Number.isSafeInteger(value) ? undefined : "a whole number";
    case "number":
      return typeof value === "number" ? undefined : "a number";
    case "bool":
      return typeof value === "boolean" ? undefined : "true or false";
    case "date":
      return "a Date, which only a value can be";
    case "hash":
      return undefined;
    case "union":
      return type.members.includes(String(value)) && typeof value === "string"
        ? undefined
        : type.members.map((member) => JSON.stringify(member)).join(" or ");
    default:
      return type satisfies never;
  }
}

function isUuid(value: string | number | boolean): boolean {
  return typeof value === "string" && /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
}
