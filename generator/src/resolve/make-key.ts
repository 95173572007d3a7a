import { clip, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { KeyParameter, KeyPattern, KeySource, KeyType, MemoizedDeclaration } from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import { ofInstance } from "../model/memoized-function.ts";
import { showParameter } from "../model/show-parameter.ts";
import { nameOrNode, type PlacedFinding, placeOf } from "./finding.ts";
import { givenInstance, givenValues, readProperties, textOf } from "./function-parameters.ts";
import { isOfLibrary } from "./library-type.ts";
import type { Probe } from "./probe.ts";

interface MadeKey {
  readonly pattern: KeyPattern;
  /** What each parameter takes, by name: what the function takes. */
  readonly types: ReadonlyMap<string, ts.Type>;
  readonly findings: readonly PlacedFinding[];
}

/** The key of a cache that is made for a function: the name of the entry, then all that a call is given and not ignored. */
export function makeKey(
  memoized: MemoizedDeclaration,
  signature: ts.Signature,
  instance: ts.Type | undefined,
  probe: Probe,
): MadeKey {
  const { checker } = probe;
  const given = [...(instance === undefined ? [] : [givenInstance(instance)]), ...givenValues(signature, checker)];
  const types = new Map<string, ts.Type>();
  const findings: PlacedFinding[] = [];
  const parameters = sourcesOfKey(memoized, given).map(({ parameter, path, span }): KeyParameter => {
    const [root, ...properties] = path;
    const value = given.find(({ name, isReadable }) => name === root && isReadable);
    const read = value && readProperties(value, properties, checker);
    // What cannot be read is found when the parameters are matched.
    const type = read !== undefined && "type" in read ? read.type : checker.getStringType();
    types.set(parameter, type);
    const keyType = keyTypeOf(type, probe);
    const whole = `${quote(path.join("."))} of ${quote(functionName(memoized))}`;
    const related =
      value?.place === undefined ? [] : [placeOf(nameOrNode(value.place), `${quote(root)} is declared here`)];
    const at = { code: "C2102", ...(span && { span }), related } as const;
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(parameter) || parameter === "__proto__") {
      const message = `${quote(parameter)} cannot be the name of a parameter of the key`;
      findings.push({ ...at, message, hint: `Write another one: parameters: { name: ${clip(path.join("."))} }` });
    } else if (keyType === undefined) {
      const text = textOf(type, checker);
      const ignore = `ignore: [${clip(root)}] where it makes no difference`;
      const hint = `Name a property of it under "parameters", or write ${ignore}, or name a cache that you declare`;
      findings.push({ ...at, message: `${whole} is ${text}, of which no part of a key can be made`, hint });
    }
    return { kind: "parameter", name: parameter, type: keyType ?? { kind: "string" } };
  });
  return { pattern: patternOf(memoized.name, parameters), types, findings };
}

/** First those that are written, then everything else by its own name. */
function sourcesOfKey(
  { sources, ignored }: MemoizedDeclaration,
  given: ReturnType<typeof givenValues>,
): readonly (Omit<KeySource, "span"> & Partial<KeySource>)[] {
  const written = new Set(sources.flatMap(({ parameter, path }) => [parameter, path[0]]));
  const others = given.filter(
    ({ name, index, isReadable }) =>
      isReadable && index !== ofInstance && !written.has(name) && !ignored.some((parameter) => parameter.name === name),
  );
  return [...sources, ...others.map(({ name }) => ({ parameter: name, path: [name] as const }))];
}

function patternOf(name: string, parameters: readonly KeyParameter[]): KeyPattern {
  const text = [name, ...parameters.map(showParameter)].join(":");
  const segments = parameters.flatMap((parameter, index) => [
    { kind: "literal", text: index === 0 ? `${name}:` : ":" } as const,
    parameter,
  ]);
  return { text, segments: segments.length === 0 ? [{ kind: "literal", text: name }] : segments };
}

function keyTypeOf(type: ts.Type, { checker, program }: Probe): KeyType | undefined {
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never)) return undefined;
  const members = type.isUnion() ? type.types : [type];
  const texts = members.flatMap((member) => (member.isStringLiteral() ? member.value : []));
  if (members.length > 1 && texts.length === members.length && texts.every((text) => /^[A-Za-z0-9_.-]+$/.test(text))) {
    return { kind: "union", members: texts.sort() };
  }
  const is = (other: ts.Type): boolean => checker.isTypeAssignableTo(type, other);
  if (is(checker.getStringType())) return { kind: "string" };
  if (is(checker.getNumberType())) return { kind: "number" };
  if (is(checker.getBigIntType())) return { kind: "bigint" };
  if (is(checker.getBooleanType())) return { kind: "bool" };
  const symbol = type.getSymbol();
  if (symbol?.name === "Date" && symbol.declarations?.some((node) => isOfLibrary(node, program)))
    return { kind: "date" };
  return members.every((member) => isHashable(member, checker)) ? { kind: "hash" } : undefined;
}

/** Whether it may be what JSON says; what is really inside of an object is looked at when it is hashed. */
function isHashable(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.flags & plain) return true;
  const isObject = type.isIntersection() || (type.flags & ts.TypeFlags.Object) !== 0;
  return isObject && mayBeHashed(type, checker, new Map());
}

const plain = ts.TypeFlags.StringLike | ts.TypeFlags.NumberLike | ts.TypeFlags.BooleanLike | ts.TypeFlags.Null;
const never = ts.TypeFlags.BigIntLike | ts.TypeFlags.ESSymbolLike;
/** Generics may contain themselves with ever larger arguments. */
const maxTypes = 1000;

/** Whether there is a value of it that can be hashed: what it may not hold, as an optional property, does not count. */
function mayBeHashed(type: ts.Type, checker: ts.TypeChecker, known: Map<ts.Type, boolean>): boolean {
  if (type.flags & (plain | never)) return (type.flags & never) === 0;
  // What contains itself is for its other parts to decide.
  const before = known.get(type);
  if (before !== undefined || known.size === maxTypes) return before ?? true;
  known.set(type, true);
  const answer = mayHashParts(type, checker, (part) => mayBeHashed(part, checker, known));
  known.set(type, answer);
  return answer;
}

function mayHashParts(type: ts.Type, checker: ts.TypeChecker, mayHash: (part: ts.Type) => boolean): boolean {
  if (type.isUnion()) return type.types.some(mayHash);
  // A brand adds nothing to a text.
  if (type.isIntersection() && type.types.some(({ flags }) => flags & (plain | never))) {
    return !type.types.some(({ flags }) => flags & never);
  }
  if (!type.isIntersection() && (type.flags & ts.TypeFlags.Object) === 0) return true;
  if (type.getCallSignatures().length + type.getConstructSignatures().length > 0) return false;
  if (checker.isTupleType(type)) {
    const { target } = type as ts.TupleTypeReference;
    const isRequired = (index: number): boolean => target.elementFlags[index] === ts.ElementFlags.Required;
    return checker
      .getTypeArguments(type as ts.TupleTypeReference)
      .every((part, at) => !isRequired(at) || mayHash(part));
  }
  const items = checker.isArrayLikeType(type) ? checker.getIndexTypeOfType(type, ts.IndexKind.Number) : undefined;
  if (items !== undefined) return mayHash(items);
  return checker
    .getPropertiesOfType(type)
    .filter((property) => !isOptional(property))
    .every((property) => !isOfClassAlone(property) && mayHash(checker.getTypeOfSymbol(property)));
}

/** Properties that are symbols are not looked at, and every object has a toString. */
function isOptional({ name, flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.Optional) !== 0 || name.startsWith("__@") || name in Object.prototype;
}

/** A private part, which only instances of its class have. */
function isOfClassAlone({ declarations = [] }: ts.Symbol): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  return declarations.some(
    (node) =>
      (ts.getCombinedModifierFlags(node) & hidden) !== 0 ||
      (ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name)),
  );
}
